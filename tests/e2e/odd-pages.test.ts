/** Pages and browsers that make it hard: no worker, no AudioWorklet, a strict policy, a visitor who leaves. */

import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../../demo/sample.ts';
import { createLocalVoice } from '../../src/platform/voice/local.ts';
import type { Wav } from '../wav.ts';
import { launchChromium, LISTENING, spoken, Visit } from './visit.ts';

let sample: Sample;
let browser: Browser;
let visit: Visit;
let question: Wav;

beforeAll(async () => {
  [sample, browser] = await Promise.all([
    startSample({ port: 0, platformPort: 0, folder: null, callsPerMinute: 1000 }),
    launchChromium(),
  ]);
  const voice = await createLocalVoice();
  question = await spoken(voice.mouth, 'What is on the menu on Sundays?');
  await voice.close();
});
afterAll(() => Promise.all([sample?.close(), browser?.close()]));
afterEach(() => visit?.close());

/** Serves the site's pages under this policy, besides what is their own. */
const policy = (directives: string) => (page: Page) =>
  page.route(
    (url) => url.href === sample.site,
    async (route) => {
      const response = await route.fetch();
      const { host } = new URL(sample.platform);
      const connect = `connect-src 'self' http://${host} ws://${host}`;
      const headers = { ...response.headers(), 'content-security-policy': `${directives}; ${connect}` };
      await route.fulfill({ response, headers });
    },
  );

describe('a call is carried', () => {
  it.each<[string, (page: Page) => Promise<unknown>]>([
    ['without Worker', (page) => page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'))],
    [
      'without AudioWorklet',
      (page) => page.addInitScript(() => Reflect.deleteProperty(BaseAudioContext.prototype, 'audioWorklet')),
    ],
    ['under a policy of nothing but its own files', policy("default-src 'self'; style-src 'self'")],
    ['under a policy without workers', policy("script-src 'self'; worker-src 'none'")],
    [
      'under Trusted Types',
      policy("script-src 'self'; require-trusted-types-for 'script'; trusted-types indigenius-widget lit-html"),
    ],
  ])('%s', async (_what, prepare) => {
    visit = await Visit.open(browser, sample.site, { prepare });
    const refused: string[] = [];
    visit.page.on('pageerror', (error) => refused.push(error.message));
    await visit.start();
    await visit.waitFor('call-connect');
    await visit.waitForWords(/^speaking/i);
    await visit.waitForWords(LISTENING);
    // Without AudioWorklet a busy page breaks up what is said: who isn't understood asks once more.
    const ask = async (): Promise<unknown> => {
      const before = (await visit.events()).length;
      await visit.say(question);
      const { detail } = await visit.waitFor('transcript', { role: 'user', final: true }, { after: before });
      await visit.waitForWords(/^speaking/i);
      return detail.text;
    };
    await expect.poll(ask, { timeout: 45_000, interval: 0 }).toMatch(/menu/i);
    await visit.end();
    await visit.waitFor('call-end', { reason: 'visitor' });
    const { samples } = await visit.recording();
    expect(samples.some((sample) => Math.abs(sample) > 1000)).toBe(true);
    expect(refused).toEqual([]);
  });
});

describe('a visitor who leaves the page', () => {
  it('ends the call, and finds a card that can call when coming back', async () => {
    visit = await Visit.open(browser, sample.site);
    await visit.start();
    await visit.waitFor('call-connect');
    await expect.poll(() => sample.activeCalls()).toBe(1);
    await visit.page.goto(new URL('demo/menu.html', sample.site).href);
    await expect.poll(() => sample.activeCalls()).toBe(0);
    await visit.page.goBack();
    await visit.button(/start/i).waitFor();
    await visit.released();
  });
});
