import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORIES } from '../../../demo/stories/index.ts';
import { eachStory, NOT_HERE } from './each-story.ts';
import { LANGUAGES } from './languages.ts';
import { hide, show } from './show.ts';

const WIDTH_PX = 320;
/** A target that is no word in a sentence; https://www.w3.org/TR/WCAG22/#target-size-enhanced */
const CONTROL_PX = 44;
/** A link in a line of its own: https://www.w3.org/TR/WCAG22/#target-size-minimum */
const LINK_PX = 24;
/** Boxes are laid out in 64ths of a pixel. */
const SLACK_PX = 0.05;

let heightPx = 0;

beforeAll(async () => {
  if (NOT_HERE) return;
  heightPx = (await show(STORIES[0]!, { widthPx: WIDTH_PX })).card!.getBoundingClientRect().height;
});

afterAll(hide);

describe.each(NOT_HERE ? ['every language'] : LANGUAGES)('keeps inside its edges at 320 px, in %s', (language) => {
  eachStory(NOT_HERE, async (story) => {
    const { stage, card, widget } = await show(story, { widthPx: WIDTH_PX, language });
    const findings = [...spills(widget, story.args.room ? stage : card!), ...smallControls(widget), ...clipped(widget)];
    expect(findings).toEqual([]);
    expect(story.args.sameHeight ? card!.getBoundingClientRect().height : heightPx).toBe(heightPx);
  });
});

describe('the measuring', () => {
  it('finds what stands out, what is too small, and what is cut off', async (test) => {
    if (NOT_HERE) test.skip(NOT_HERE);
    const { card, widget } = await show(STORIES[0]!, { widthPx: WIDTH_PX });
    const button = document.createElement('button');
    button.style.cssText =
      'position: absolute; inset: 0 auto auto 300px; padding: 0; min-height: 20px; inline-size: 50px';
    const words = document.createElement('p');
    words.style.cssText = 'flex: none; block-size: 10px; overflow: hidden';
    words.textContent = 'Words of a line';
    card!.append(button, words);
    expect(spills(widget, card!)).toEqual([expect.stringMatching(/^<button> "" stands out by \d/)]);
    expect(smallControls(widget)).toEqual(['<button> "" is 50.0 x 20.0 px']);
    expect(clipped(widget)).toEqual([expect.stringMatching(/^<p> "Words of a line" is cut off/)]);
  });
});

/** Everything of the widget's own that is seen. */
function seen(widget: HTMLElement): HTMLElement[] {
  return [...widget.shadowRoot!.querySelectorAll<HTMLElement>('*')].filter(
    (element) => element.checkVisibility() && !element.closest('.unseen'),
  );
}

/** What stands out of the card, or of the window where it floats, but for what can be scrolled to. */
function spills(widget: HTMLElement, around: HTMLElement): string[] {
  const edge = around.getBoundingClientRect();
  const found = around.scrollWidth > around.clientWidth ? ['there is more inside than there is room for'] : [];
  for (const element of seen(widget)) {
    const box = boxIn(element);
    if (!box) continue;
    const out = Math.max(edge.left - box.left, box.right - edge.right, edge.top - box.top, box.bottom - edge.bottom);
    if (out > SLACK_PX) found.push(`${nameOf(element)} stands out by ${out.toFixed(1)} px`);
  }
  return found;
}

/** An element's box, as far as what is around it in the card lets it be seen; null where nothing of it is. */
function boxIn(element: HTMLElement): DOMRect | null {
  const own = element.getBoundingClientRect();
  let [left, top, right, bottom] = [own.left, own.top, own.right, own.bottom];
  for (let around = element.parentElement; around && !around.matches('.card'); around = around.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(around);
    const room = around.getBoundingClientRect();
    if (overflowX !== 'visible') [left, right] = [Math.max(left, room.left), Math.min(right, room.right)];
    if (overflowY !== 'visible') [top, bottom] = [Math.max(top, room.top), Math.min(bottom, room.bottom)];
  }
  return right > left && bottom > top ? new DOMRect(left, top, right - left, bottom - top) : null;
}

/** Controls that a finger would miss: the widget's own, and those that the page put into it. */
function smallControls(widget: HTMLElement): string[] {
  const selector = 'a[href], button, input, textarea, select, summary, [role=button], [role=tab], [role=switch]';
  const theirs = [...widget.querySelectorAll<HTMLElement>('*')].filter((element) => element.checkVisibility());
  return [...seen(widget), ...theirs]
    .filter((element) => element.matches(selector))
    .flatMap((control) => {
      const { width, height } = control.getBoundingClientRect();
      const leastPx = control.localName === 'a' ? LINK_PX : CONTROL_PX;
      const size = `${width.toFixed(1)} x ${height.toFixed(1)} px`;
      return Math.min(width, height) < leastPx - SLACK_PX ? [`${nameOf(control)} is ${size}`] : [];
    });
}

/** Words that are cut off, and can be neither scrolled to nor read in a title. */
function clipped(widget: HTMLElement): string[] {
  return seen(widget).flatMap((element) => {
    if (!element.textContent.trim() || element.matches('.bone')) return [];
    const { overflowX, overflowY } = getComputedStyle(element);
    const cutX = /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth;
    // A line's descenders may reach a pixel below it.
    const cutY = /hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 1;
    return (cutX || cutY) && !element.closest('[title]') ? [`${nameOf(element)} is cut off, and has no title`] : [];
  });
}

function nameOf(element: Element): string {
  const words = (element.getAttribute('aria-label') ?? element.textContent).replace(/\s+/g, ' ').trim().slice(0, 30);
  return `<${element.localName}${element.className ? ` class="${element.getAttribute('class')}"` : ''}> "${words}"`;
}
