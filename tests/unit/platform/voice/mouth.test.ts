import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LocalEars } from '../../../../src/platform/voice/ears.ts';
import { LocalMouth, fliteVoice } from '../../../../src/platform/voice/mouth.ts';
import { wordsKept } from '../../../word-error-rate.ts';
import { Hearing, joined, silence } from './hearing.ts';

const SENTENCE = 'We deliver lunch and dinner from Monday to Friday, and brunch on Sunday.';

let mouth: LocalMouth;
beforeAll(async () => {
  mouth = await LocalMouth.load();
});
afterAll(() => mouth.close());
afterEach(() => {
  vi.restoreAllMocks();
});

async function say(
  text: string,
  voice: string | null = null,
  signal = new AbortController().signal,
): Promise<Int16Array> {
  const chunks: Int16Array[] = [];
  for await (const chunk of mouth.say(text, { voice, signal })) chunks.push(chunk);
  return joined(...chunks);
}

const durationMs = (samples: Int16Array): number => (samples.length * 1000) / mouth.sampleRate;

describe('LocalMouth', () => {
  it.each(['female', 'male'])('is understood by the ears, with a %s voice', async (voice) => {
    const ears = await LocalEars.load();
    const hearing = new Hearing(ears.listen());
    await hearing.push(joined(silence(0.5), await say(SENTENCE, voice), silence(1)));
    await hearing.settled();
    expect(wordsKept(SENTENCE, hearing.text)).toBeGreaterThanOrEqual(0.8);
  });

  it('has a different sound for each voice', async () => {
    const sounds = await Promise.all(['slt', 'rms', 'awb', 'kal'].map((voice) => say('Good morning.', voice)));
    expect(new Set(sounds.map(({ length }) => length)).size).toBe(4);
    for (const sound of sounds) expect(durationMs(sound)).toBeGreaterThan(400);
  });

  it('speaks with the female voice where it does not know the name', () => {
    expect([null, 'Female', 'male', 'KAL', 'unheard-of', 'constructor'].map(fliteVoice)).toEqual([
      'slt',
      'slt',
      'rms',
      'kal16',
      'slt',
      'slt',
    ]);
  });

  it('begins and ends with little silence', async () => {
    const sound = await say('Good morning.');
    const loud = (sample: number): boolean => Math.abs(sample) > 500;
    expect(durationMs(sound.subarray(0, sound.findIndex(loud)))).toBeLessThan(120);
    expect(durationMs(sound.subarray(sound.findLastIndex(loud)))).toBeLessThan(260);
  });

  it('gives a long sentence in several pieces, so that the first is there early', async () => {
    const chunks: number[] = [];
    const text = `${'We bake bread in the morning, '.repeat(12)}and sell it.`;
    for await (const chunk of mouth.say(text, { voice: null, signal: new AbortController().signal }))
      chunks.push(chunk.length);
    expect(chunks.length).toBeGreaterThan(1);
  });

  it('has nothing to say for a sentence of signs', async () => {
    expect(await say('🍰 ***')).toHaveLength(0);
  });

  it('stops on abort without throwing, at once', async () => {
    const abort = new AbortController();
    const chunks: Int16Array[] = [];
    for await (const chunk of mouth.say(`${SENTENCE} ${SENTENCE} ${SENTENCE}`, { voice: null, signal: abort.signal })) {
      chunks.push(chunk);
      abort.abort();
    }
    expect(chunks).toHaveLength(1);
    expect(await say(SENTENCE, null, AbortSignal.abort())).toHaveLength(0);
    expect(durationMs(await say('Next.'))).toBeGreaterThan(200);
  });

  it('rejects what was being said when its thread dies, and speaks again on a new one', async () => {
    // Dies over its work before that reaches it: a fast machine might be done with it first.
    vi.spyOn(Worker.prototype, 'postMessage').mockImplementationOnce(function (this: Worker) {
      void this.terminate();
    });
    await expect(say(`${SENTENCE} ${SENTENCE}`)).rejects.toThrow('thread ended');
    expect(durationMs(await say('Good morning.'))).toBeGreaterThan(400);
  });

  it('rejects once closed', async () => {
    const closed = await LocalMouth.load();
    await closed.close();
    await closed.close();
    const chunks = closed.say('Hello.', { voice: null, signal: new AbortController().signal });
    await expect(chunks.next()).rejects.toThrow('closed');
  });

  it('keeps quiet about WASI, and about nothing else', async () => {
    const emitWarning = process.emitWarning;
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const another = await LocalMouth.load();
    await another.close();
    expect(stderr.mock.calls.map(([text]) => String(text)).filter((text) => text.includes('WASI'))).toEqual([]);
    expect(process.emitWarning).toBe(emitWarning);
  });
});
