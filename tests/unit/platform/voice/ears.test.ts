import { beforeAll, describe, expect, it } from 'vitest';
import { LocalEars } from '../../../../src/platform/voice/ears.ts';
import { readWav } from '../../../wav.ts';
import { wordErrorRate, wordsOf } from '../../../word-error-rate.ts';
import { Hearing, joined, silence } from './hearing.ts';

const SAID = 'And so my fellow Americans ask not what your country can do for you ask what you can do for your country';
const { samples: speech } = readWav(new URL('../../../fixtures/jfk.wav', import.meta.url));
/** The recording's first phrase, 0.3 s before it to 0.1 s after. */
const phrase = speech.subarray(0, 2.4 * 16_000);

/** Samples up to `most` either way, the same ones each time: of all noises there are, some sound like a word. */
function noise(most: number): () => number {
  let seed = 7;
  return () => {
    seed = (seed * 48_271) % 0x7fffffff;
    return most * (seed / 0x40000000 - 1);
  };
}

let ears: LocalEars;
beforeAll(async () => {
  ears = await LocalEars.load();
});

describe('LocalEars', () => {
  it('writes down a human voice with less than one word in ten wrong, the first word kept', async () => {
    const hearing = new Hearing(ears.listen());
    await hearing.push(joined(speech, silence(1)));
    await hearing.settled();
    expect(wordErrorRate(SAID, hearing.text)).toBeLessThan(0.1);
    expect(wordsOf(hearing.text)[0]).toBe('and');
  });

  it('makes out two words after a pause by what was said before them', async () => {
    // Where the detector's windows fall so that, alone, they are not understood.
    const hearing = new Hearing(ears.listen());
    await hearing.push(joined(new Int16Array(8_077), speech.subarray(0, 5 * 16_000), silence(1)));
    await hearing.settled();
    expect(wordsOf(hearing.text).slice(-2)).toEqual(['ask', 'not']);
  });

  it('understands a quiet voice as it does a loud one', async () => {
    const hearing = new Hearing(ears.listen());
    const quiet = speech.map((sample) => sample * 0.3);
    await hearing.push(joined(new Int16Array(4_957), quiet, silence(1)));
    await hearing.settled();
    expect(wordErrorRate(SAID, hearing.text)).toBeLessThan(0.05);
  });

  it('tells start, words so far, end and final words in that order, in media time', async () => {
    const hearing = new Hearing(ears.listen());
    await hearing.push(joined(silence(1), phrase.subarray(0, 24_000)));
    await hearing.until(() => hearing.count('words') > 0);
    await hearing.push(joined(phrase.subarray(24_000), silence(1)));
    await hearing.settled();
    expect(hearing.events[0]?.type).toBe('speech_start');
    expect(hearing.count('speech_start')).toBe(1);
    expect(hearing.count('speech_end')).toBe(1);
    const kinds = hearing.events.map((event) =>
      event.type === 'words' ? (event.final ? 'final' : 'interim') : event.type,
    );
    expect(kinds.at(-2)).toBe('speech_end');
    expect(kinds.at(-1)).toBe('final');
    expect(kinds.slice(1, -2).every((kind) => kind === 'interim')).toBe(true);
    expect(kinds.length).toBeGreaterThan(3);
    const times = hearing.events.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    // The voice begins 300 ms into the recording, and is noticed within 150 ms.
    expect(times[0]).toBeGreaterThan(1_250);
    expect(times[0]).toBeLessThanOrEqual(1_450);
  });

  it('knows where the voice itself began and ended, before it was sure', async () => {
    const hearing = new Hearing(ears.listen());
    await hearing.push(joined(silence(1), phrase, silence(1)));
    const [start, end] = hearing.events.filter((event) => event.type !== 'words');
    // By its loudness: it begins at 1.32 s, and the room has stopped ringing at 3.4 s.
    expect(start!.voiceMs).toBeGreaterThan(1_270);
    expect(start!.voiceMs).toBeLessThan(1_370);
    expect(end!.voiceMs).toBeGreaterThan(3_120);
    expect(end!.voiceMs).toBeLessThanOrEqual(3_420);
  });

  it('ends an utterance half a second after its last sound', async () => {
    const hearing = new Hearing(ears.listen());
    await hearing.push(joined(phrase, silence(1)));
    const end = hearing.events.find(({ type }) => type === 'speech_end');
    // The phrase fades out between 2.2 and 2.4 s.
    expect(end?.atMs).toBeGreaterThan(2_600);
    expect(end?.atMs).toBeLessThan(3_000);
  });

  it.each([
    ['silence', () => 0],
    ['noise', noise(3_000)],
    ['mains hum', (index: number) => 3_000 * Math.sin((2 * Math.PI * 100 * index) / 16_000)],
    ['clicks', (index: number) => (index % 4_000 < 60 ? 20_000 * Math.exp(-(index % 4_000) / 15) * (-1) ** index : 0)],
  ])('takes %s for no speech', async (_, sample) => {
    const hearing = new Hearing(ears.listen());
    await hearing.push(Int16Array.from({ length: 5 * 16_000 }, (_unused, index) => sample(index)));
    expect(hearing.events).toEqual([]);
  });

  it('hears through moderate noise', async () => {
    const hearing = new Hearing(ears.listen());
    const hiss = noise(500);
    const noisy = joined(speech, silence(1)).map((sample) => sample + hiss());
    await hearing.push(noisy);
    await hearing.settled();
    expect(wordErrorRate(SAID, hearing.text)).toBeLessThan(0.2);
  });

  it('finishes at once when told to flush', async () => {
    const listener = ears.listen();
    const hearing = new Hearing(listener);
    await hearing.push(speech.subarray(0, 1.8 * 16_000));
    expect(hearing.count('speech_end')).toBe(0);
    listener.flush();
    expect(hearing.count('speech_end')).toBe(1);
    expect(hearing.events.find(({ type }) => type === 'speech_end')).toMatchObject({ voiceMs: 1_792 });
    await hearing.settled();
    expect(wordsOf(hearing.text)).toContain('fellow');
    listener.flush();
    expect(hearing.count('speech_end')).toBe(1);
  });

  it('gives empty final words for a voice without words', async () => {
    const listener = ears.listen();
    const hearing = new Hearing(listener);
    // Just enough of the first word to be voice.
    for (let at = 0; hearing.count('speech_start') === 0; at += 320) listener.push(speech.subarray(at, at + 320));
    listener.flush();
    await hearing.settled();
    expect(hearing.finals).toEqual(['']);
  });

  it('says nothing more once closed', async () => {
    const listener = ears.listen();
    const hearing = new Hearing(listener);
    await hearing.push(phrase.subarray(0, 24_000));
    const before = hearing.count('speech_end');
    listener.close();
    listener.close();
    listener.push(joined(phrase, silence(1)));
    listener.flush();
    expect(hearing.count('speech_end')).toBe(before);
  });

  it('hears two calls apart', async () => {
    const [one, other] = [new Hearing(ears.listen()), new Hearing(ears.listen())];
    const padded = joined(phrase, silence(1));
    await Promise.all([one.push(padded), other.push(silence(3.4))]);
    await one.settled();
    expect(wordErrorRate('And so my fellow Americans', one.text)).toBe(0);
    expect(other.events).toEqual([]);
  });

  it('writes down an utterance too long to decode in one go', async () => {
    const patient = await LocalEars.load({ endOfTurnMs: 3_000 });
    const hearing = new Hearing(patient.listen());
    await hearing.push(joined(speech, speech, speech, silence(4)));
    await hearing.settled();
    expect(hearing.count('speech_start')).toBe(1);
    expect(wordErrorRate([SAID, SAID, SAID].join(' '), hearing.text)).toBeLessThan(0.15);
  });
});
