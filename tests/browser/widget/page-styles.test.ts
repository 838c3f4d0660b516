/** What a page's own style sheet may do to the element, and what it may not. */

import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { DEFAULT_CONFIG } from '../../../src/config/widget-config.ts';
import { live, type ScriptedWidget } from './scripted-call.ts';

/** Everything that children inherit, as no card was drawn for. */
const INHERITED = `
  color: red; cursor: wait; direction: rtl; border-collapse: collapse; caption-side: bottom; empty-cells: hide;
  font: italic small-caps 900 30px/3 monospace; font-stretch: expanded; font-kerning: none;
  font-feature-settings: 'smcp'; font-variant-numeric: oldstyle-nums; font-size-adjust: 0.9;
  hyphens: auto; letter-spacing: 5px; word-spacing: 20px; line-break: anywhere; word-break: break-all;
  list-style: square inside; orphans: 9; widows: 9; quotes: none; tab-size: 40; overflow-wrap: normal;
  text-align: right; text-align-last: right; text-indent: 60px; text-transform: uppercase;
  text-shadow: 0 0 9px red; text-underline-position: under; text-wrap: nowrap; white-space: pre;
  text-emphasis: filled red; -webkit-text-stroke: 2px red; -webkit-text-fill-color: red;
  fill: red; stroke: red; stroke-width: 9; stroke-linecap: butt; paint-order: stroke; accent-color: red; caret-color: red;
  text-orientation: upright; ruby-position: under; image-rendering: pixelated;
`;
/** What a page does mean for all that is in its element: its own type, and whether it is there at all. */
const THE_PAGES = /^(?:font-family|visibility|pointer-events|color-scheme|-webkit-locale)$/;
/** Their values follow from the size of the font's characters, or from where the card happens to stand. */
const FOLLOWS =
  /^(?:perspective-origin|transform-origin|.*-?(?:inline|block)-size|width|height|top|left|right|bottom|inset.*)$/;

async function show(): Promise<ScriptedWidget> {
  const widget = document.createElement('scripted-widget') as ScriptedWidget;
  widget.answer = {
    ...DEFAULT_CONFIG,
    provider: 'Northwind',
    recording: true,
    texts: { ...DEFAULT_CONFIG.texts, prompts: ['What is on the menu?'] },
  };
  widget.widgetId = 'widget-1';
  widget.setAttribute('display-mode', 'card');
  document.body.append(widget);
  await expect.poll(() => widget.shadowRoot!.querySelector('.chips')).not.toBeNull();
  widget.dispatchEvent(new Event('pointerenter'));
  await expect.poll(() => widget.script).toBeDefined();
  return widget;
}

/** The computed styles of all that is drawn: one line a value. */
function looks(widget: ScriptedWidget): string[] {
  const seen = [...widget.shadowRoot!.querySelectorAll('.card, .card *')];
  return seen.flatMap((element, at) => {
    const style = getComputedStyle(element);
    return [...style]
      .filter((name) => !name.startsWith('--') && !THE_PAGES.test(name) && !FOLLOWS.test(name))
      .map(
        (name) =>
          `${at} ${element.localName}.${element.getAttribute('class')} ${name}: ${style.getPropertyValue(name)}`,
      );
  });
}

function write(css: string): void {
  const sheet = document.createElement('style');
  sheet.textContent = css;
  document.body.append(sheet);
}

afterEach(() => document.body.replaceChildren());

describe('<indigenius-widget> in a page with styles of its own', () => {
  it.each([
    ['ready', []],
    ['in a call', live()],
  ])('inherits nothing but the font, %s', async (_, facts) => {
    const widget = await show();
    widget.script.tell(...facts);
    await widget.updateComplete;
    write('scripted-widget { font-family: monospace }'); // the one thing that is meant to make a difference
    const before = looks(widget);
    expect(before.length).toBeGreaterThan(5_000);
    write(`scripted-widget { ${INHERITED} }`);
    const changed = looks(widget).filter((line, at) => line !== before[at]);
    expect(changed.slice(0, 40)).toEqual([]);
    expect(getComputedStyle(widget.shadowRoot!.querySelector('.card')!).fontFamily).toBe('monospace');
  });

  it.each([
    ['a reset of everything', '* { all: unset }'],
    [
      'a reset that insists',
      '*, *::before { margin: 9px !important; padding: 9px !important; border: 3px solid red !important }',
    ],
    [
      'rules for its elements by name',
      'section, header, footer, button, p, svg, i, ul, form, input { display: none !important }',
    ],
    ['rules for its classes by name', '.card, .body, .primary, .title, .name { display: none !important; color: red }'],
  ])('keeps its card whole under %s', async (_, css) => {
    write(`${css} #room { display: block; inline-size: 320px }`);
    const room = document.createElement('div');
    room.id = 'room';
    document.body.append(room);
    const widget = await show();
    room.append(widget);
    const card = widget.shadowRoot!.querySelector('.card')!.getBoundingClientRect();
    const start = widget.shadowRoot!.querySelector('.primary')!.getBoundingClientRect();
    expect(card.height).toBe(480);
    expect(start.bottom).toBeLessThan(card.bottom);
    expect(start.right).toBeLessThan(card.right);
    await expect.element(page.getByRole('button', { name: 'Start call' })).toBeVisible();
  });

  it('lies as ever, in a page that is written from top to bottom', async () => {
    write('body { writing-mode: vertical-rl }');
    const widget = await show();
    const { width, height } = widget.shadowRoot!.querySelector('.card')!.getBoundingClientRect();
    expect(height).toBe(480);
    expect(width).toBeGreaterThan(280);
    expect(width).toBeLessThanOrEqual(400);
    expect(widget.offsetHeight).toBeGreaterThanOrEqual(480);
    expect(getComputedStyle(widget.shadowRoot!.querySelector('.title')!).writingMode).toBe('horizontal-tb');
  });

  it('can be hidden, by whatever means', async () => {
    const widget = await show();
    const start = (): Element => widget.shadowRoot!.querySelector('.primary')!;
    for (const css of ['visibility: hidden', 'display: none', 'content-visibility: hidden']) {
      widget.style.cssText = css;
      expect(start().checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })).toBe(false);
    }
    widget.style.cssText = 'pointer-events: none';
    expect(getComputedStyle(start()).pointerEvents).toBe('none');
  });
});
