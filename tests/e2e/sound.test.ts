/** What happens to the sound of a call: devices that go, a visitor who stops the assistant, a telephone's encoding. */

import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../../demo/sample.ts';
import { createLocalVoice } from '../../src/platform/voice/local.ts';
import type { IndigeniusWidget } from '../../src/widget/widget.ts';
import type { Wav } from '../wav.ts';
import { wordsKept } from '../word-error-rate.ts';
import { recognise } from './recognise.ts';
import { greetingOf, launchChromium, LISTENING, spoken, Visit } from './visit.ts';

let sample: Sample;
let browser: Browser;
let visit: Visit;
let voice: Awaited<ReturnType<typeof createLocalVoice>>;
let question: Wav;

beforeAll(async () => {
  [sample, browser, voice] = await Promise.all([
    startSample({ port: 0, platformPort: 0, folder: null, callsPerMinute: 1000 }),
    launchChromium(),
    createLocalVoice(),
  ]);
  question = await spoken(voice.mouth, 'What is on the menu on Sundays?');
});
afterAll(() => Promise.all([sample?.close(), browser?.close(), voice?.close()]));
afterEach(() => visit?.close());

/** Asks, and waits for an answer that knows. */
async function ask(): Promise<void> {
  const after = (await visit.events()).length;
  await visit.say(question);
  await expect
    .poll(
      async () => {
        const events = (await visit.events()).slice(after);
        return events.filter(({ detail }) => detail.role === 'assistant').map(({ detail }) => detail.text);
      },
      { timeout: 40_000 },
    )
    .toContainEqual(expect.stringMatching(/brunch/i));
}

describe('a call', () => {
  it('loses no word of the assistant where the browser loses the device, and goes on', async () => {
    const text = await greetingOf(sample);
    visit = await Visit.open(browser, sample.site);
    await visit.start();
    await visit.waitForWords(/^speaking/i);
    await visit.heard();
    await visit.page.evaluate(() => globalThis.soundBench.loseDevice());
    // The rest of it comes in another context.
    const kept = async (): Promise<number> =>
      wordsKept(text, await recognise(voice.ears, (await visit.recording()).samples));
    await expect.poll(kept, { timeout: 40_000, interval: 1000 }).toBeGreaterThanOrEqual(0.8);
    await visit.waitForWords(LISTENING);
    await ask();
    await visit.end();
    await visit.waitFor('call-end', { reason: 'visitor' });
    await visit.released();
  });

  it('goes on with another microphone when the one it had is unplugged', async () => {
    visit = await Visit.open(browser, sample.site);
    await visit.start();
    await visit.waitFor('call-connect');
    await visit.heard();
    await visit.page.evaluate(() => globalThis.soundBench.unplug('another'));
    await visit.waitForWords(LISTENING);
    await ask();
  });

  it('ends with its reason when the only microphone is unplugged', async () => {
    visit = await Visit.open(browser, sample.site);
    await visit.start();
    await visit.waitFor('call-connect');
    await visit.heard();
    await visit.page.evaluate(() => globalThis.soundBench.unplug('none'));
    await visit.waitFor('error', { errorReason: 'microphone-missing' });
    await visit.released();
  });

  it('stops the assistant when the page asks it to, and goes on', async () => {
    const text = await greetingOf(sample);
    visit = await Visit.open(browser, sample.site);
    await visit.start();
    await visit.waitForWords(/^speaking/i);
    await visit.page.evaluate(() => document.querySelector<IndigeniusWidget>('indigenius-widget')!.interruptCall());
    await visit.waitForWords(LISTENING);
    // What is written is what was heard.
    const cut = (await visit.events()).findLast(({ detail }) => detail.role === 'assistant')!.detail;
    expect(cut.final).toBe(true);
    expect(text.startsWith(cut.text!)).toBe(true);
    expect(cut.text!.length).toBeLessThan(text.length);
    await ask();
  });

  it('is carried as a telephone would where its owner wants that', async () => {
    visit = await Visit.open(browser, sample.site);
    await visit.page.evaluate(() =>
      document.querySelector('indigenius-widget')!.setAttribute('audio-encoding', 'pcm_mulaw'),
    );
    await visit.start();
    await visit.waitForWords(/^speaking/i);
    await visit.waitForWords(LISTENING);
    await ask();
    const stats = await visit.page.evaluate(() =>
      document.querySelector<IndigeniusWidget>('indigenius-widget')!.getStats(),
    );
    const muLaw = { encoding: 'pcm_mulaw', sample_rate: 8000, channels: 1 };
    expect(stats).toMatchObject({ uplink: muLaw, downlink: muLaw, framesDropped: 0, underruns: 0 });
    expect(stats!.framesSent).toBeGreaterThan(50);
    expect(stats!.currentRoundTripTime).toBeGreaterThan(0);
    expect(stats!.quality).toBeGreaterThan(3.5);
  });
});
