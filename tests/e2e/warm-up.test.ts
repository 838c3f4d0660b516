/** A visitor who is about to call: what the page does then, and what the start gains by it. */

import type { Browser } from 'playwright';
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

describe('a visitor who hovers over the card', () => {
  it('fetches nothing but code, is asked nothing, and finds the worker running at the start', async () => {
    const odd: string[] = [];
    visit = await Visit.open(browser, sample.site, {
      permission: false,
      prepare: async (page) => {
        page.on('console', (message) => odd.push(`console: ${message.text()}`));
        page.on('pageerror', (error) => odd.push(`error: ${error.message}`));
        await page.addInitScript(() => {
          const { mediaDevices } = navigator;
          const ask = mediaDevices.getUserMedia.bind(mediaDevices);
          mediaDevices.getUserMedia = (constraints) => {
            console.warn('asked for the microphone');
            return ask(constraints);
          };
        });
      },
    });
    const { page } = visit;
    await visit.button(/start/i).waitFor();
    const requests: string[] = [];
    page.on('request', (request) => {
      requests.push(request.url());
      if (request.postData() !== null || request.method() !== 'GET') odd.push(`${request.method()} ${request.url()}`);
    });
    page.on('websocket', (socket) => odd.push(`socket: ${socket.url()}`));
    const worker = page.waitForEvent('worker');
    await page.locator('indigenius-widget').hover();
    expect((await worker).url()).toContain('socket.worker');
    expect(requests.filter((address) => !/indigenius-[\w.-]+\.js$/.test(address))).toEqual([]);
    const gateway = new URL(sample.platform).origin;
    expect(
      await page.locator('link[rel=preconnect]').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual([gateway]);
    expect(await visit.events()).toEqual([]);
    expect(sample.activeCalls()).toBe(0);
    expect(odd).toEqual([]);

    const workers: string[] = [];
    page.on('worker', (another) => workers.push(another.url()));
    await page.context().grantPermissions(['microphone']);
    await visit.start();
    await visit.waitFor('call-connect');
    await visit.waitFor('call-progress', { stage: 'first-audio' });
    expect(workers).toEqual([]);
    const stages = async (): Promise<string[]> =>
      (await visit.events())
        .filter(({ type }) => type === 'call-progress')
        .map(({ detail }) => detail.stage!)
        .toSorted((one, other) => one.localeCompare(other));
    // The assistant may be heard before the microphone is open.
    await expect.poll(stages).toEqual(['code', 'created', 'first-audio', 'microphone', 'ready', 'speaker', 'worker']);
    await visit.end();
    await visit.waitFor('call-end', { reason: 'visitor' });
    await expect.poll(() => page.workers()).toEqual([]);
  });

  it('leaves no worker behind when the card is taken away', async () => {
    visit = await Visit.open(browser, sample.site);
    const { page } = visit;
    const worker = page.waitForEvent('worker');
    await page.locator('indigenius-widget').hover();
    const closed = (await worker).waitForEvent('close');
    await page.locator('indigenius-widget').evaluate((widget) => widget.remove());
    await closed;
    await expect.poll(() => page.workers()).toEqual([]);
  });
});
