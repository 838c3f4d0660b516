/** More than one of everything: widgets, script tags, frames; and one microphone. */

import type { Browser, Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../../demo/sample.ts';
import { launchChromium, Visit } from './visit.ts';

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

const SCRIPT = '<script type="module" src="/indigenius-widget.js"></script>';
const tag = (id: string): string =>
  `<indigenius-widget id="${id}" widget-id="${sample.widgetId}" display-mode="card"></indigenius-widget>`;

/** Opens the first of these pages (path and body), which the site does not have itself. */
async function open(pages: Record<string, string>, first = new URL('a', sample.site)): Promise<Page> {
  const problems: string[] = [];
  visit = await Visit.open(browser, first.href, {
    prepare: async (page) => {
      page.on('pageerror', (error) => problems.push(error.message));
      for (const [path, body] of Object.entries(pages)) {
        await page.route(
          ({ pathname }) => pathname === `/${path}`,
          (route) =>
            route.fulfill({
              contentType: 'text/html',
              body: `<!doctype html><html lang="en"><body>${body}</body></html>`,
            }),
        );
      }
      // How many live tracks there were at a time, at most.
      await page.addInitScript(() => {
        const counted = globalThis as unknown as { mostTracks: number };
        counted.mostTracks = 0;
        const { mediaDevices } = navigator;
        const ask = mediaDevices.getUserMedia.bind(mediaDevices);
        mediaDevices.getUserMedia = async (constraints) => {
          const stream = await ask(constraints);
          counted.mostTracks = Math.max(counted.mostTracks, globalThis.soundBench.held().tracks);
          return stream;
        };
      });
    },
  });
  expect(problems).toEqual([]);
  return visit.page;
}

const press = (where: Page | Frame, id: string, name: RegExp): Promise<void> =>
  where.locator(`#${id}`).getByRole('button', { name }).first().click();

describe('two widgets of one page', () => {
  it('have one call between them: the second replaces the first, and one microphone is open at a time', async () => {
    const page = await open({ a: `${tag('one')}${tag('two')}${SCRIPT}` });
    await press(page, 'one', /start/i);
    await visit.waitFor('call-connect');
    const before = (await visit.events()).length;
    await press(page, 'two', /start/i);
    await visit.waitFor('call-end', { reason: 'replaced' }, { after: before });
    await visit.waitFor('call-connect', {}, { after: before });
    await expect.poll(() => sample.activeCalls()).toBe(1);
    // A call may be live before its microphone is open.
    await expect.poll(() => page.evaluate(() => globalThis.soundBench.held().tracks)).toBe(1);
    expect(await page.evaluate(() => (globalThis as unknown as { mostTracks: number }).mostTracks)).toBe(1);
    await page
      .locator('#one')
      .getByRole('button', { name: /start|again/i })
      .waitFor();
    await press(page, 'two', /^end/i);
    await visit.waitFor('call-end', { reason: 'visitor' }, { after: before });
    await visit.released();
    await expect.poll(() => sample.activeCalls()).toBe(0);
    // And back again: nothing is held for whoever was replaced.
    const later = (await visit.events()).length;
    await press(page, 'one', /start|again/i);
    await visit.waitFor('call-connect', {}, { after: later });
    await press(page, 'one', /^end/i);
    await visit.released();
  });
});

describe('a page that carries the script twice', () => {
  it('has one widget, which calls once', async () => {
    const again = SCRIPT.replace('.js"', '.js?again"');
    const page = await open({ a: `${SCRIPT}${SCRIPT}${again}${tag('one')}${again}` });
    await press(page, 'one', /start/i);
    await visit.waitFor('call-connect');
    expect((await visit.events()).filter(({ type }) => type === 'call-start')).toHaveLength(1);
    // The platform may not have put away a call of before.
    await expect.poll(() => sample.activeCalls()).toBe(1);
    await press(page, 'one', /^end/i);
    await visit.waitFor('call-end', { reason: 'visitor' });
    await visit.released();
  });
});

describe('a widget that is removed in a call', () => {
  it('leaves nothing behind', async () => {
    const page = await open({ a: `<main>${tag('one')}</main>${SCRIPT}` });
    await press(page, 'one', /start/i);
    await visit.waitFor('call-connect');
    await page.evaluate(() => document.querySelector('main')!.remove());
    await visit.released();
    await expect.poll(() => sample.activeCalls()).toBe(0);
    await expect.poll(() => page.workers()).toEqual([]);
  });

  it('while its call is being started, leaves nothing behind either', async () => {
    const page = await open({ a: `<main>${tag('one')}</main>${SCRIPT}` });
    await press(page, 'one', /start/i);
    await visit.waitFor('call-start');
    await page.evaluate(() => document.querySelector('main')!.remove());
    await visit.released();
    await expect.poll(() => sample.activeCalls()).toBe(0);
    await expect.poll(() => page.workers()).toEqual([]);
  });
});

describe('a widget in a frame', () => {
  /** In a page of another origin, where a frame has no more than it is given. */
  async function inside(allow: string): Promise<Frame> {
    const around = new URL('a', sample.site);
    around.hostname = 'around.localhost';
    const frame = `<iframe ${allow} src="${sample.site}b" width="400" height="520"></iframe>`;
    const page = await open({ a: frame, b: `${tag('one')}${SCRIPT}` }, around);
    return page.frames().find((one) => one !== page.mainFrame())!;
  }
  const seenIn = (there: Frame, wanted: string): Promise<unknown> =>
    there.waitForFunction((type) => globalThis.seenEvents.some((event) => event.type === type), wanted);

  it('that allows the microphone has a call, and is let go with the frame', async () => {
    const there = await inside('allow="microphone"');
    await press(there, 'one', /start/i);
    await seenIn(there, 'call-connect');
    await visit.page.evaluate(() => document.querySelector('iframe')!.remove());
    await expect.poll(() => sample.activeCalls()).toBe(0);
  });

  it('that does not allow it says so', async () => {
    const there = await inside('');
    // Only the real one knows.
    await there.evaluate(() => Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia'));
    await press(there, 'one', /start/i);
    await seenIn(there, 'error');
    const reasons = await there.evaluate(() => globalThis.seenEvents.map(({ detail }) => detail.errorReason));
    expect(reasons).toContain('microphone-policy');
    expect(sample.activeCalls()).toBe(0);
  });
});
