/** A visitor calls Northwind Catering: the built site, the proxy, the platform, real speech both ways. */

import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../../demo/sample.ts';
import { createLocalVoice } from '../../src/platform/voice/local.ts';
import { readWav } from '../wav.ts';
import { wordErrorRate, wordsKept } from '../word-error-rate.ts';
import { recognise } from './recognise.ts';
import { launchChromium, padded, spoken, Visit } from './visit.ts';

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

describe('a call', () => {
  it('is greeted, understood and answered aloud', async () => {
    visit = await Visit.open(browser, sample.site);
    await visit.start();
    await visit.waitFor('call-connect');
    const greeting = await visit.waitFor('transcript', { role: 'assistant', final: true });
    await visit.waitForWords(/^listening/i);
    const before = (await visit.events()).length;
    const greeted = await visit.recording();
    expect(wordsKept(greeting.detail.text!, await recognise(voice.ears, greeted.samples))).toBeGreaterThanOrEqual(0.8);

    await visit.say(padded(jfk, 0.2, 0.2));
    const heard = await visit.waitFor('transcript', { role: 'user', final: true }, { after: before });
    expect(wordErrorRate(JFK, heard.detail.text!)).toBeLessThan(0.1);

    const answer = await visit.waitFor('transcript', { role: 'assistant', final: true }, { after: before });
    await visit.waitForWords(/^listening/i);
    const { samples } = await visit.recording();
    const spoken = await recognise(voice.ears, samples.subarray(greeted.samples.length));
    expect(wordsKept(answer.detail.text!, spoken)).toBeGreaterThanOrEqual(0.8);

    await visit.end();
    await visit.waitFor('call-end', { reason: 'visitor' });
    expect(await visit.held()).toEqual({ tracks: 0, contexts: 0 });
  });

  it('answers from the pages of the site', async () => {
    visit = await Visit.open(browser, sample.site);
    await visit.start();
    await visit.waitFor('call-connect');
    await visit.waitForWords(/^listening/i);
    const before = (await visit.events()).length;
    await visit.say(await spoken(voice.mouth, 'What are your opening hours?'));
    await visit.waitFor('transcript', { role: 'user', final: true }, { after: before });
    const answer = await visit.waitFor('transcript', { role: 'assistant', final: true }, { after: before });
    expect(answer.detail.text).toMatch(/open|close|monday|sunday|hours|\d/i);
  });

  it('falls silent when the visitor speaks over the answer, and nothing of that turn comes afterwards', async () => {
    visit = await Visit.open(browser, sample.site);
    await visit.start();
    await visit.waitFor('call-connect');
    await visit.waitForWords(/^speaking/i);
    // Over the greeting: two seconds of speech begin while it is audible.
    const saying = visit.say(padded({ ...jfk, samples: jfk.samples.subarray(0, jfk.sampleRate * 4) }, 0, 0));
    const spokeAt = Date.now();
    await visit.waitForWords(/^listening/i);
    const silentAt = Date.now();
    await saying;
    const recording = await visit.recording();
    // Speech was noticed and the voice cut well before the greeting's own end.
    expect(silentAt - spokeAt).toBeLessThan(1500);
    const rest = between(recording, silentAt + 200, silentAt + 2000);
    expect(rest.length).toBeGreaterThan(16_000);
    expect(peak(rest)).toBe(0);
    // What is written is what was heard, and not the whole greeting.
    const events = await visit.events();
    const lines = events.filter(({ type, detail }) => type === 'transcript' && detail.role === 'assistant');
    const full = lines.reduce((most, { detail }) => (detail.text!.length > most.length ? detail.text! : most), '');
    const greetingId = lines[0]!.detail.id;
    const last = lines.filter(({ detail }) => detail.id === greetingId).at(-1)!.detail.text!;
    expect(full.startsWith(last.replace(/\W+$/, ''))).toBe(true);
    expect(last.length).toBeLessThan(full.length);
  });

  it('keeps the first word of a visitor who speaks the instant the microphone opens', async () => {
    visit = await Visit.open(browser, sample.site);
    await visit.sayOnOpen(jfk);
    await visit.start();
    const heard = await visit.waitFor('transcript', { role: 'user', final: true });
    expect(wordErrorRate(JFK, heard.detail.text!)).toBeLessThan(0.1);
    expect(heard.detail.text).toMatch(/^and so/i);
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
    expect(await visit.held()).toEqual({ tracks: 0, contexts: 0 });
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
