/** Visitors and pages that do things at the wrong moment: twice, too early, or while something is missing. */

import type { Browser, Route } from 'playwright';
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

/** A route that holds its requests until they are let go. */
class Gate {
  readonly held: Route[] = [];
  readonly hold = (route: Route): void => void this.held.push(route);
}

describe('a card', () => {
  it('says that it can’t be reached where not even its own files can be, and recovers', async () => {
    const missing = /indigenius-(?:call|talk)-[\w-]+\.js|\/widgets\//;
    visit = await Visit.open(browser, sample.site, {
      prepare: (page) => page.route(missing, (route) => route.abort()),
    });
    await visit.waitForWords(/can’t be reached/);
    await visit.page.unroute(missing);
    await visit.button(/try again/i).click();
    await visit.button(/start/i).waitFor();
    await visit.start();
    await visit.waitFor('call-connect');
  });
});

describe('a call', () => {
  it('that is ended by a double click stays ended', async () => {
    visit = await Visit.open(browser, sample.site);
    await visit.start();
    await visit.waitFor('call-connect');
    await visit.button(/^end/i).dblclick();
    await visit.waitFor('call-end', { reason: 'visitor' });
    await visit.button(/start/i).waitFor();
    const starts = (await visit.events()).filter(({ type }) => type === 'call-start');
    expect(starts).toHaveLength(1);
    await visit.released();
  });

  it('goes on where the file with its words is missing, and does not ask for it without end', async () => {
    let asked = 0;
    visit = await Visit.open(browser, sample.site, {
      prepare: (page) =>
        page.route('**/indigenius-talk-*.js', (route) => {
          asked += 1;
          return route.abort();
        }),
    });
    await visit.start();
    await visit.waitFor('call-connect');
    await visit.waitFor('transcript', { role: 'assistant', final: true });
    await visit.button(/cancel/i).click();
    await visit.waitFor('call-end', { reason: 'visitor' });
    expect(asked).toBeLessThan(5);
  });

  it('whose page is left while its code is being fetched is no call', async () => {
    const gate = new Gate();
    visit = await Visit.open(browser, sample.site, {
      prepare: (page) => page.route('**/indigenius-call-*.js', gate.hold),
    });
    const calls: string[] = [];
    visit.page.on('request', (request) => request.method() === 'POST' && calls.push(request.url()));
    await visit.start();
    await visit.button(/cancel/i).waitFor();
    await visit.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await visit.button(/start/i).waitFor();
    await expect.poll(() => gate.held.length).toBeGreaterThan(0);
    const loaded = visit.page.waitForResponse('**/indigenius-call-*.js');
    await Promise.all(gate.held.map((route) => route.continue()));
    await loaded;
    await visit.button(/start/i).waitFor();
    expect(await visit.events()).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('that waits for a config takes the one that the attributes ask for in the end', async () => {
    const gate = new Gate();
    visit = await Visit.open(browser, sample.site, {
      prepare: (page) =>
        page.route('**/indigenius/widgets/*', (route) =>
          gate.held.length === 0 ? gate.hold(route) : route.continue(),
        ),
    });
    await expect.poll(() => gate.held.length).toBe(1);
    await visit.page.evaluate(() => {
      const widget = document.querySelector('indigenius-widget') as HTMLElement & { startCall(): Promise<void> };
      widget.startCall().catch(() => {});
    });
    // The start has its code, and waits for the config, by then.
    await visit.page.waitForLoadState('load');
    await visit.page.evaluate(() => {
      const { origin } = location;
      document.querySelector('indigenius-widget')!.setAttribute('proxy-url', `${origin}/indigenius`);
    });
    await visit.waitFor('call-connect');
    expect((await visit.events()).filter(({ type }) => type === 'error')).toEqual([]);
  });
});
