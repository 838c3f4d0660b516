/** A visitor calls Northwind Catering: the built site, the proxy, the platform, real speech both ways. */

import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../../demo/sample.ts';
import { createLocalVoice } from '../../src/platform/voice/local.ts';
import { readWav } from '../wav.ts';
import { wordErrorRate, wordsKept } from '../word-error-rate.ts';
import { recognise } from './recognise.ts';
import { greetingOf, launchChromium, LISTENING, padded, type SeenEvent, spoken, Visit } from './visit.ts';

const JFK = 'And so my fellow Americans ask not what your country can do for you ask what you can do for your country';
const jfk = readWav(join(import.meta.dirname, '../fixtures/jfk.wav'));

let sample: Sample;
let browser: Browser;
let visit: Visit;
let voice: Awaited<ReturnType<typeof createLocalVoice>>;

beforeAll(async () => {
  [sample, browser, voice] = await Promise.all([
    startSample({ port: 0, platformPort: 0, folder: null, callsPerMinute: 1000 }),
    launchChromium(),
    createLocalVoice(),
  ]);
});
afterAll(async () => {
  await Promise.all([sample?.close(), browser?.close(), voice?.close()]);
});
afterEach(() => visit?.close());

/** Everything that was heard within [from, to) of a recording, in epoch ms. */
function between(
  { samples, startedAt }: { samples: Int16Array; startedAt: number },
  from: number,
  to: number,
): Int16Array {
  const at = (ms: number): number => Math.max(0, Math.round((ms - startedAt) * 16));
  return samples.subarray(at(from), at(to));
}

const peak = (samples: Int16Array): number => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

/** What was said, in order: a later line of an id replaces an earlier one. */
function said(events: readonly SeenEvent[], role: 'user' | 'assistant'): string {
  const lines = new Map<string, string>();
  for (const { type, detail } of events) {
    if (type === 'transcript' && detail.role === role) lines.set(detail.id!, detail.text!);
  }
  return [...lines.values()].join(' ');
}

/** Starts a call, and hears the greeting to its end. */
async function greeted(): Promise<void> {
  visit = await Visit.open(browser, sample.site);
  await visit.start();
  await visit.waitFor('call-progress', { stage: 'first-audio' });
  await visit.waitForWords(LISTENING);
}

/** Waits until the visitor is understood and an answer has been heard to its end. */
async function answered(after: number): Promise<SeenEvent[]> {
  await visit.waitFor('transcript', { role: 'user', final: true }, { after });
  await visit.waitForWords(/^speaking/i);
  await visit.waitForWords(LISTENING);
  return (await visit.events()).slice(after);
}

/** Waits until the card shows that it is the visitor's turn; gives the epoch ms, which the page takes itself. */
async function silent(): Promise<number> {
  const seen = await visit.page.waitForFunction(() => {
    const status = document.querySelector('indigenius-widget')!.shadowRoot!.querySelector('[part~=status]');
    return /^listening/i.test(status?.textContent.trim() ?? '') && Date.now();
  });
  return (await seen.jsonValue()) as number;
}

describe('a call', () => {
  it('is greeted, understood and answered aloud', async () => {
    await greeted();
    const before = (await visit.events()).length;
    // A speech with pauses: the assistant may begin to answer, and is interrupted by what comes next.
    await visit.say(padded(jfk, 0.2, 0));
    const saidAt = Date.now();
    const events = await answered(before);
    expect(wordErrorRate(JFK, said(events, 'user'))).toBeLessThan(0.1);

    const answer = said(
      events.slice(events.findLastIndex(({ type, detail }) => type === 'transcript' && detail.role === 'user')),
      'assistant',
    );
    const recording = await visit.recording();
    const heard = await recognise(voice.ears, between(recording, saidAt, Infinity));
    expect(wordsKept(answer, heard)).toBeGreaterThanOrEqual(0.8);

    await visit.end();
    await visit.waitFor('call-end', { reason: 'visitor' });
    await visit.released();
  });

  it('answers from the pages of the site', async () => {
    await greeted();
    const before = (await visit.events()).length;
    await visit.say(await spoken(voice.mouth, 'What is on the menu on Sundays?'));
    expect(said(await answered(before), 'assistant')).toMatch(/brunch/i);
  });

  it('falls silent when the visitor speaks over the answer, and nothing of that turn comes afterwards', async () => {
    const full = await greetingOf(sample);
    visit = await Visit.open(browser, sample.site);
    await visit.start();
    await visit.waitForWords(/^speaking/i);
    // Two and a half seconds of speech, over the greeting.
    const saying = visit.say({ ...jfk, samples: jfk.samples.subarray(0, jfk.sampleRate * 2.5) });
    const [spokeAt, silentAt] = await Promise.all([saying, silent()]);
    expect(silentAt - spokeAt).toBeLessThan(1500);
    // The voice was cut, and until the visitor had finished nothing more came.
    const recording = await visit.recording();
    const rest = between(recording, silentAt + 100, spokeAt + 2400);
    expect(rest.length).toBeGreaterThan(8_000);
    expect(peak(between(recording, spokeAt - 200, spokeAt + 200))).toBeGreaterThan(1000);
    expect(peak(rest)).toBe(0);
    // What is written is what was heard.
    await visit.waitFor('transcript', { role: 'user', final: true });
    const [greeting] = (await visit.events()).filter(({ type }) => type === 'transcript');
    const last = (await visit.events()).findLast(({ detail }) => detail.id === greeting!.detail.id)!.detail.text!;
    expect(full.startsWith(last)).toBe(true);
    expect(last.length).toBeLessThan(full.length);
  });

  it('keeps every word of a visitor who speaks the instant the microphone opens', async () => {
    visit = await Visit.open(browser, sample.site);
    await visit.sayOnOpen(jfk);
    await visit.start();
    await visit.waitFor('call-connect');
    await expect
      .poll(async () => wordErrorRate(JFK, said(await visit.events(), 'user')), { timeout: 40_000 })
      .toBeLessThan(0.1);
    expect(said(await visit.events(), 'user')).toMatch(/^and so/i);
  });

  it.each([
    ['NotAllowedError', 'microphone-denied', /blocked/i],
    ['NotFoundError', 'microphone-missing', /no microphone/i],
    ['NotReadableError', 'microphone-busy', /in use/i],
  ])('with a microphone that answers %s says so and can be tried again', async (name, reason, words) => {
    visit = await Visit.open(browser, sample.site);
    await visit.page.evaluate((error) => globalThis.soundBench.refuse(error), name);
    await visit.start();
    await visit.waitFor('error', { errorReason: reason });
    await visit.waitForWords(words);
    await visit.button(/again/i).waitFor();
    await visit.released();
  });

  it('with a microphone that answers no where the file that says why is missing can be tried again', async () => {
    const missing = '**/indigenius-microphone-error-*.js';
    visit = await Visit.open(browser, sample.site, {
      prepare: (page) => page.route(missing, (route) => route.abort()),
    });
    await visit.page.evaluate(() => globalThis.soundBench.refuse('NotAllowedError'));
    await visit.start();
    await visit.waitFor('error', { errorReason: 'unreachable' });
    await visit.button(/again/i).waitFor();
    await visit.released();
  });

  it('is refused by the browser itself where the visitor gives no permission', async () => {
    visit = await Visit.open(browser, sample.site, {
      permission: false,
      // The real microphone this time.
      prepare: (page) =>
        page.addInitScript(() => delete (navigator.mediaDevices as { getUserMedia?: unknown }).getUserMedia),
    });
    await visit.start();
    await visit.waitFor('error', { errorReason: 'microphone-denied' });
  });
});
