import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { page } from 'vitest/browser';
import { CallError } from '../../../src/call/errors.ts';
import { POSITIONS } from '../../../src/config/widget-config.ts';
import { cannot } from '../engine.ts';
import {
  button,
  dialog,
  focused,
  hits,
  launcher,
  make,
  part,
  press,
  pressTwice,
  settled,
  show,
  tell,
} from './floating-page.ts';
import { live, type ScriptedWidget } from './scripted-call.ts';

const bubble = (widget: ScriptedWidget) => part(widget, 'launcher-bubble')?.innerText.trim() ?? null;
const now = () => performance.now();

beforeEach(async () => {
  await page.viewport(1000, 700);
});

afterEach(() => {
  document.body.replaceChildren();
  document.body.removeAttribute('style');
  localStorage.clear();
  vi.restoreAllMocks();
});

describe('the launcher of <indigenius-widget>', () => {
  it.each(POSITIONS)('stands at the %s of the window, 24 px from its edges', async (position) => {
    const widget = await show({ position });
    const box = part(widget, 'launcher')!.getBoundingClientRect();
    const [row, column] = position.split('-');
    expect(row === 'top' ? box.top : 700 - box.bottom).toBe(24);
    const sides = { left: box.left - 24, right: 1000 - 24 - box.right, center: box.left + box.width / 2 - 500 };
    expect(sides[column as keyof typeof sides]).toBeCloseTo(0, 0);
    expect(hits(part(widget, 'launcher')!)).toBe(true);
  });

  it('keeps its side of the window where words run from right to left', async () => {
    document.body.style.direction = 'rtl';
    const widget = await show({ position: 'bottom-right' });
    expect(part(widget, 'launcher')!.getBoundingClientRect().right).toBe(976);
  });

  it('is a pill with the owner’s words, or a round button that is called by them', async () => {
    const widget = await show({ texts: { launcherLabel: 'Ask the kitchen' } });
    expect(part(widget, 'launcher')!.innerText.trim()).toBe('Ask the kitchen');
    await expect.element(button('Ask the kitchen: Open')).toBeVisible();
    widget.remove();
    const round = await show({ showLabel: false, texts: { launcherLabel: 'Ask the kitchen' } });
    await expect.element(button('Ask the kitchen: Open')).toBeVisible();
    const { width, height } = part(round, 'launcher')!.getBoundingClientRect();
    expect([width, height]).toEqual([56, 56]);
    expect(part(round, 'launcher')!.innerText.trim()).toBe('');
  });

  it('says that it opens a dialog, which one, and whether it is open', async () => {
    const widget = await show();
    const said = () =>
      ['aria-haspopup', 'aria-expanded', 'aria-controls'].map((name) => part(widget, 'launcher')!.getAttribute(name));
    expect(said()).toEqual(['dialog', 'false', 'panel']);
    await press(launcher());
    expect(said()).toEqual(['dialog', 'true', 'panel']);
    expect(part(widget, 'panel')!.id).toBe('panel');
    await expect.element(button('Talk to us: Close')).toBeVisible();
  });

  it('shows the owner’s picture, or the page’s own', async () => {
    const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
    const widget = await show({ launcherImage: pixel });
    expect(part(widget, 'launcher')!.querySelector('img')!.src).toBe(pixel);
    widget.insertAdjacentHTML('beforeend', '<b slot="launcher-icon">!</b>');
    const slot = part(widget, 'launcher')!.querySelector('slot')!;
    expect(slot.assignedElements().map((element) => element.localName)).toEqual(['b']);
  });

  it('has a bubble for an assistant that is written with', async () => {
    const paths: (string | null)[] = [];
    for (const kind of ['voice', 'text'] as const) {
      const widget = await show({ kind });
      paths.push(part(widget, 'launcher')!.querySelector('path')!.getAttribute('d'));
      widget.remove();
    }
    expect(new Set(paths).size).toBe(2);
  });

  it('takes its colours from the owner, and the page before the owner', async () => {
    const widget = await show();
    const colour = () => getComputedStyle(part(widget, 'launcher')!).backgroundColor;
    expect(colour()).toBe('rgb(3, 105, 161)');
    widget.style.setProperty('--indigenius-launcher', 'rgb(1, 2, 3)');
    expect(colour()).toBe('rgb(1, 2, 3)');
  });
});

describe('a page around the launcher', () => {
  it.each([
    ['something with the highest z-index', '', '<p style="position:fixed;inset:0;z-index:2147483647">x</p>'],
    ['a transformed ancestor', 'transform:translate(50px,50px) scale(.5)', ''],
    ['an ancestor that clips', 'overflow:hidden;inline-size:0;block-size:0;contain:strict', ''],
    ['an ancestor that can hardly be seen, below the rest', 'position:relative;z-index:-1;opacity:.01', ''],
  ])('neither covers nor displaces it: %s', async (_, style, beside) => {
    document.body.innerHTML = `<div style="${style}"></div>${beside}`;
    const widget = await show({}, {}, document.body.firstElementChild!);
    const box = part(widget, 'launcher')!.getBoundingClientRect();
    expect([box.right, box.bottom, box.height]).toEqual([976, 676, 56]);
    expect(hits(part(widget, 'launcher')!)).toBe(true);
  });

  it('can be pressed everywhere beside it', async () => {
    const widget = await show();
    document.body.insertAdjacentHTML('beforeend', '<button style="position:fixed;inset:0">Page</button>');
    widget.openCard();
    await settled(widget);
    const hit = (x: number, y: number) => document.elementFromPoint(x, y)!.localName;
    const { left, top } = part(widget, 'panel')!.getBoundingClientRect();
    const { left: launcherLeft, top: launcherTop } = part(widget, 'launcher')!.getBoundingClientRect();
    expect([hit(5, 5), hit(left - 2, top + 9), hit(launcherLeft - 2, launcherTop + 28)]).toEqual(
      Array.from({ length: 3 }, () => 'button'),
    );
    expect(hit(left + 9, top + 9)).toBe('scripted-widget');
  });

  it('loses no room to it, not even a gap', async () => {
    document.body.style.cssText = 'display:flex;flex-direction:column;gap:50px';
    document.body.innerHTML = '<p>a</p>';
    const before = document.body.scrollHeight;
    const widget = await show();
    expect(document.body.scrollHeight).toBe(before);
    expect(part(widget, 'launcher')).not.toBeNull();
  });

  it('is not shifted by its coming, its opening, or anything a call does behind it', async (test) => {
    cannot(test, { firefox: 'no layout-shift entries', webkit: 'no layout-shift entries' });
    const shifts: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
    });
    observer.observe({ type: 'layout-shift' });
    const painted = async () => {
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    };
    document.body.innerHTML = '<p>a</p><div></div><p>b</p>';
    for (const position of ['bottom-right', 'bottom-center'] as const) {
      const widget = make({ position, texts: { bubble: 'Hungry?' } });
      widget.innerHTML = '';
      document.querySelector('div')!.append(widget);
      await painted();
      await settled(widget);
      widget.dispatchEvent(new Event('pointerenter'));
      await settled(widget);
      for (const step of [
        () => widget.openCard(),
        () => widget.closeCard(),
        () => widget.script.tell(...live(now() - 599_000)),
        () => widget.script.tell({ type: 'ended', reason: 'assistant', atMs: now() }),
      ]) {
        step();
        await settled(widget);
        await painted();
      }
      expect(bubble(widget)).toBe('The assistant hung up');
      widget.remove();
    }
    // The instrument works.
    document.querySelector('div')!.style.blockSize = '100px';
    await vi.waitFor(() => expect(shifts).toHaveLength(1));
    observer.disconnect();
  });

  it('may move the element about', async () => {
    document.body.innerHTML = '<div></div>';
    const widget = await show();
    await tell(widget, ...live());
    document.querySelector('div')!.append(widget);
    await settled(widget);
    expect(hits(part(widget, 'launcher')!)).toBe(true);
    expect(widget.script.asked).not.toContain('end page');
    await press(launcher());
    await expect.element(dialog()).toBeVisible();
  });

  it('has the last word with a modal dialog of its own', async () => {
    const widget = await show();
    document.body.insertAdjacentHTML('beforeend', '<dialog style="inset:0;margin:0;max-width:none">Page</dialog>');
    const modal = document.querySelector('dialog')!;
    modal.style.cssText += 'inline-size:1000px;block-size:700px;max-block-size:none;box-sizing:border-box';
    modal.showModal();
    expect(hits(part(widget, 'launcher')!)).toBe(false);
    modal.close();
    expect(hits(part(widget, 'launcher')!)).toBe(true);
  });

  it('may have two widgets in one corner: each launcher can be pressed', async () => {
    const [first, second] = [await show(), await show()];
    await settled(first);
    expect([hits(part(first, 'launcher')!), hits(part(second, 'launcher')!)]).toEqual([true, true]);
    const { bottom } = part(first, 'launcher')!.getBoundingClientRect();
    expect(bottom - part(second, 'launcher')!.getBoundingClientRect().bottom).toBeGreaterThanOrEqual(60);
    first.remove();
    await settled(second);
    expect(part(second, 'launcher')!.getBoundingClientRect().bottom).toBe(bottom);
  });

  it('is covered all the same in a browser without the top layer', async () => {
    const { showPopover } = HTMLElement.prototype;
    const popover = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'popover')!;
    Reflect.deleteProperty(HTMLElement.prototype, 'popover');
    try {
      document.body.innerHTML = '<p style="position:fixed;inset:0;z-index:9999">x</p>';
      const called = vi.spyOn(HTMLElement.prototype, 'showPopover');
      const widget = await show();
      expect(called).not.toHaveBeenCalled();
      // Its own rule for what is not shown yet belongs to the same browsers that can show it.
      expect(getComputedStyle(part(widget, 'launcher')!.closest('.float')!).position).toBe('fixed');
      expect(hits(part(widget, 'launcher')!)).toBe(true);
    } finally {
      Object.defineProperty(HTMLElement.prototype, 'popover', popover);
    }
    expect(showPopover).toBeTypeOf('function');
  });
});

describe('before there is a launcher', () => {
  it('draws nothing while the config is on its way', async () => {
    const widget = make();
    widget.answer = null;
    document.body.append(widget);
    await settled(widget);
    expect(widget.shadowRoot!.textContent.trim()).toBe('');
    expect(widget.getBoundingClientRect().height).toBe(0);
  });

  it('shows what the page has inside the tag where there is no config, and opens when asked for all the same', async () => {
    const widget = make();
    widget.answer = new CallError('widget-unknown', 'x');
    document.body.append(widget);
    await settled(widget);
    await expect.element(page.getByRole('link', { name: 'Call us' })).toBeVisible();
    expect(part(widget, 'launcher')).toBeNull();
    widget.openCard();
    await settled(widget);
    await expect.element(page.getByText('Nobody is here to answer')).toBeVisible();
    await expect.element(page.getByRole('link', { name: 'Call us' })).toBeVisible();
  });

  it('tells that what was opened without a config is put away, and opens again', async () => {
    const widget = make();
    widget.answer = new CallError('widget-unknown', 'x');
    const heard: string[] = [];
    for (const type of ['indigenius-open', 'indigenius-close']) widget.addEventListener(type, () => heard.push(type));
    document.body.append(widget);
    await settled(widget);
    for (const open of [true, false, true]) {
      widget.opened = open;
      await settled(widget);
    }
    expect(heard).toEqual(['indigenius-open', 'indigenius-close', 'indigenius-open']);
  });
});

describe('the bubble', () => {
  const texts = { bubble: 'Hungry?' };

  it('opens the card, and is not needed any more', async () => {
    const widget = await show({ texts });
    await press(button('Hungry?'));
    await expect.element(dialog()).toBeVisible();
    widget.closeCard();
    await settled(widget);
    expect(bubble(widget)).toBeNull();
    widget.remove();
    expect(bubble(await show({ texts }))).toBe('Hungry?'); // on another page
  });

  it('once dismissed stays so, for this widget, and hands the focus on', async () => {
    const widget = await show({ texts, widgetId: 'kept-1' });
    await press(button('Dismiss'));
    await settled(widget);
    expect([bubble(widget), focused(widget)]).toEqual([null, 'launcher']);
    expect(widget.opened).toBe(false);
    expect(localStorage.getItem('indigenius:bubble:kept-1')).toBe('1');
    widget.remove();
    expect(bubble(await show({ texts, widgetId: 'kept-1' }))).toBeNull();
    expect(bubble(await show({ texts, widgetId: 'kept-2' }))).toBe('Hungry?');
  });

  it('is not shown where an earlier page view had it dismissed', async () => {
    localStorage.setItem('indigenius:bubble:kept-3', '1');
    expect(bubble(await show({ texts, widgetId: 'kept-3' }))).toBeNull();
    expect(bubble(await show({ texts, widgetId: 'kept-3' }, { storage: 'none' }))).toBe('Hungry?');
  });

  it('is remembered nowhere where the page wants nothing kept', async () => {
    const given = { texts, widgetId: 'kept-4' };
    const widget = await show(given, { storage: 'none' });
    await press(button('Dismiss'));
    await settled(widget);
    expect(bubble(widget)).toBeNull();
    expect(localStorage.length).toBe(0);
  });

  it('does without a storage that throws', async () => {
    const refuse = () => {
      throw new DOMException('no', 'SecurityError');
    };
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse);
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse);
    const widget = await show({ texts, widgetId: 'kept-5' });
    await press(button('Dismiss'));
    await settled(widget);
    expect(bubble(widget)).toBeNull();
  });

  it('is remembered nowhere however the page writes that', async () => {
    const widget = await show({ texts, widgetId: 'kept-7' }, { storage: ' None' });
    await press(button('Dismiss'));
    await settled(widget);
    expect(localStorage.length).toBe(0);
  });
});

describe('a call behind the launcher', () => {
  it.each([true, false])(
    'shows its time on a button of the same size (label: %s), and a way to end it',
    async (showLabel) => {
      // What counts the seconds stands still, however long the rest takes.
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      onTestFinished(() => void vi.useRealTimers());
      const widget = await show({ showLabel });
      const size = () => [part(widget, 'launcher')!.offsetWidth, part(widget, 'launcher')!.offsetHeight];
      const before = size();
      await tell(widget, ...live(now() - 42_300));
      expect(part(widget, 'launcher')!.querySelector('time')!.textContent).toBe('0:42');
      expect(size()).toEqual(before);
      const [one, other] = ['launcher', 'launcher-end-button'].map((name) =>
        part(widget, name)!.getBoundingClientRect(),
      );
      expect([one!.top, one!.left - other!.right]).toEqual([other!.top, 8]);
      await press(button('End call'));
      await settled(widget);
      expect(widget.script.asked).toContain('end visitor');
      expect([widget.opened, bubble(widget), focused(widget)]).toEqual([false, null, 'launcher']);
      expect(part(widget, 'launcher')!.querySelector('time')).toBeNull();
    },
  );

  it('counts on', async () => {
    const widget = await show();
    const startedMs = now() - 32_300;
    const seconds = (): number => Number(/0:(\d\d)/.exec(part(widget, 'launcher')!.innerText)?.[1]);
    await tell(widget, ...live(startedMs));
    const first = seconds();
    expect(first).toBeGreaterThanOrEqual(32);
    await vi.waitFor(() => expect(seconds()).toBeGreaterThan(first));
    expect(seconds()).toBeLessThanOrEqual((now() - startedMs) / 1000);
  });

  it('is ended once by a double click', async () => {
    const widget = await show();
    await tell(widget, ...live());
    await pressTwice(button('End call'));
    await settled(widget);
    expect(widget.script.asked.filter((asked) => asked.startsWith('end'))).toEqual(['end visitor']);
    expect(widget.opened).toBe(false);
  });

  it('says that it has failed, to eyes and ears, until somebody looks', async () => {
    const widget = await show({ texts: { bubble: 'Hungry?' } });
    await tell(widget, ...live());
    expect(bubble(widget)).toBeNull();
    const error = new CallError('connection-lost', 'x');
    await tell(widget, { type: 'ended', reason: 'error', error, atMs: now() });
    expect(bubble(widget)).toBe('The connection was lost');
    expect(widget.shadowRoot!.querySelector('[role=status]')!.textContent).toContain('The connection was lost');
    await press(button('The connection was lost'));
    await expect.element(button('Try again')).toBeVisible();
    widget.closeCard();
    await settled(widget);
    expect(bubble(widget)).toBeNull();
  });

  it('says what it waits for', async () => {
    const widget = await show();
    await tell(widget, { type: 'started', stage: 'gesture' });
    expect(bubble(widget)).toBe('One press to go');
  });

  it('does not dismiss the owner’s bubble with its own', async () => {
    const widget = await show({ texts: { bubble: 'Hungry?' }, widgetId: 'kept-6' });
    await tell(widget, ...live());
    await tell(widget, { type: 'ended', reason: 'assistant', atMs: now() });
    await press(button('Dismiss'));
    await settled(widget);
    expect(bubble(widget)).toBe('Hungry?');
    expect(localStorage.length).toBe(0);
  });
});
