/** Nothing of a page moves for the widget, however late its files come. */

import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../../demo/sample.ts';
import { launchChromium, LISTENING, Visit } from './visit.ts';

let sample: Sample;
let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  [sample, browser] = await Promise.all([
    startSample({ port: 0, platformPort: 0, folder: null, callsPerMinute: 1000 }),
    launchChromium(),
  ]);
});
afterAll(() => Promise.all([sample?.close(), browser?.close()]));
afterEach(() => visit?.close());

/** What comes from the server comes this much later, and what is `later` that much more. */
const LATE_MS = 150;
const LATER_MS = 3_000;

interface Shift {
  readonly value: number;
  /** It follows a press: it is expected, and does not count. */
  readonly asked: boolean;
  /** Something outside the element was, or is now, in another place. */
  readonly outside: boolean;
  /** From where to where, for whoever has to find it. */
  readonly moved: readonly string[];
}

declare global {
  /** Every shift that Chromium saw, and every place in which the page's last line stood. */
  var shifts: Shift[];
  var places: Set<number>;
}

function watch(): void {
  globalThis.shifts = [];
  globalThis.places = new Set();
  interface LayoutShift extends PerformanceEntry {
    readonly value: number;
    readonly hadRecentInput: boolean;
    readonly sources: readonly { readonly previousRect: DOMRect; readonly currentRect: DOMRect }[];
  }
  // Where the card was last: a shift is told of when it may have been put away.
  let card = new DOMRect();
  new PerformanceObserver((list) => {
    const { left, top, right, bottom } = card;
    const isOutside = (box: DOMRect): boolean =>
      box.left < left || box.right > right || box.top < top || box.bottom > bottom;
    for (const { value, hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
      const outside = sources.some(
        ({ previousRect, currentRect }) =>
          (previousRect.width > 0 && isOutside(previousRect)) || isOutside(currentRect),
      );
      const moved = sources.map(({ previousRect, currentRect }) =>
        [previousRect, currentRect].map(({ x, y, width, height }) => `${width}x${height} at ${x},${y}`).join(' to '),
      );
      globalThis.shifts.push({ value, asked: hadRecentInput, outside, moved });
    }
  }).observe({ type: 'layout-shift', buffered: true });
  const look = (): void => {
    const drawn = document.querySelector('indigenius-widget')?.shadowRoot?.querySelector('[part~=card]');
    if (drawn) card = drawn.getBoundingClientRect();
    const last = document.querySelector('#last');
    if (last) globalThis.places.add(last.getBoundingClientRect().top);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** A page with words above and below the element, all of whose files come late, on a slow machine. */
async function open(
  element: string,
  css = '',
  { later, width = 1280 }: { later?: RegExp; width?: number } = {},
): Promise<Page> {
  const url = new URL('slow', sample.site).href;
  visit = await Visit.open(browser, url, {
    prepare: async (page) => {
      // Before the page is there: a window that changes its size moves what is in it.
      await page.setViewportSize({ width, height: 800 });
      await page.addInitScript(watch);
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await page.route('**/*', async (route) => {
        if (route.request().url() === url) {
          await route.fulfill({
            contentType: 'text/html',
            body: `<!doctype html><html lang="en"><style>body { margin: 0; font: 16px serif } ${css}</style>
              <p>Above</p>${element}<p id="last">Below</p>
              <script type="module" src="/indigenius-widget.js"></script></html>`,
          });
          return;
        }
        const waits = later?.test(route.request().url()) ? LATER_MS : LATE_MS;
        await new Promise((resolve) => setTimeout(resolve, waits));
        await route.continue();
      });
    },
  });
  return visit.page;
}

/** Two frames after the last change, so that Chromium has told of it. */
const seen = (page: Page): Promise<{ shifts: Shift[]; places: number[] }> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 5; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    return { shifts: globalThis.shifts, places: [...globalThis.places] };
  });

/** By its part: "Send" has an end, too. */
const end = (): Promise<void> => visit.page.locator('indigenius-widget [part~=end-button]').click();
const tag = (more = ''): string => `<indigenius-widget widget-id="${sample.widgetId}" ${more}></indigenius-widget>`;
const ROOM = 'indigenius-widget { display: block; min-block-size: 480px }';

describe('a page that keeps room for the card', () => {
  it('stands still from nothing to skeleton to card, and so does the card; then for a whole call', async () => {
    const page = await open(tag('display-mode="card"'), ROOM);
    await visit.button(/start/i).waitFor();
    expect(await seen(page)).toMatchObject({ shifts: [], places: [expect.any(Number)] });
    await visit.start();
    await visit.waitFor('call-connect');
    await visit.waitForWords(LISTENING);
    await end();
    await visit.waitFor('call-end', { reason: 'visitor' });
    await visit.button(/again|start/i).waitFor();
    const { shifts, places } = await seen(page);
    expect(shifts.filter(({ asked, outside }) => outside || !asked)).toEqual([]);
    expect(places).toHaveLength(1);
  });

  it('stands still while the words for a call that takes its time follow each other', async () => {
    // Longer than a press excuses what moves, and so long that the card says what it is waiting for.
    const page = await open(tag('display-mode="card"'), ROOM, { later: /create-call/ });
    await visit.button(/start/i).waitFor();
    await visit.start();
    await visit.waitForWords(/^preparing/i);
    await visit.waitFor('call-connect');
    const { shifts } = await seen(page);
    expect(shifts.filter(({ asked, outside }) => outside || !asked)).toEqual([]);
    await end();
  });

  it('stands still, and so does its skeleton, where the look of the card comes long after it', async () => {
    const page = await open(tag('display-mode="card"'), ROOM, { later: /-look-/ });
    await visit.button(/start/i).waitFor();
    expect(await seen(page)).toMatchObject({ shifts: [], places: [expect.any(Number)] });
  });

  it('stands still where there is nobody to call, and words of its own come instead', async () => {
    const page = await open(
      tag('display-mode="card" proxy-url="/nowhere"').replace('><', '><p>Call 555-0100</p><'),
      ROOM,
    );
    await visit.waitForWords(/555-0100/);
    await visit.waitFor('error');
    await visit.button(/again/i).waitFor();
    const { shifts, places } = await seen(page);
    expect(shifts.filter(({ outside }) => outside)).toEqual([]);
    expect(places).toHaveLength(1);
  });

  it('and one that keeps none moves, or this could not fail', async () => {
    const page = await open(tag('display-mode="card"'));
    await visit.button(/start/i).waitFor();
    const { shifts, places } = await seen(page);
    expect(shifts.filter(({ outside }) => outside).length).toBeGreaterThan(0);
    expect(places.length).toBeGreaterThan(1);
  });
});

describe('a page with a launcher', () => {
  it.each([1280, 390])('stands still while it comes, opens, calls and closes, %i px wide', async (width) => {
    const page = await open(tag('display-mode="fab"'), 'p { block-size: 2000px }', { width });
    const launcher = page.locator('indigenius-widget [part~=launcher]');
    await launcher.waitFor();
    expect(await seen(page)).toMatchObject({ shifts: [] });
    await page.evaluate(() =>
      document.querySelector<HTMLElement & { openCard(): void }>('indigenius-widget')!.openCard(),
    );
    const close = page.locator('indigenius-widget [part~=close-button]');
    await close.waitFor();
    expect(await seen(page)).toMatchObject({ shifts: [] });
    await close.click();
    await launcher.click();
    await visit.button(/start call/i).click();
    await visit.waitFor('call-connect');
    await close.click();
    await launcher.click();
    await end();
    await visit.waitFor('call-end', { reason: 'visitor' });
    const { shifts, places } = await seen(page);
    expect(shifts.filter(({ outside }) => outside)).toEqual([]);
    expect(places).toHaveLength(1);
  });
});
