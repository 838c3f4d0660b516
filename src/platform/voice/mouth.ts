/** A mouth that needs no network: Flite, clause by clause on a thread of its own. English only. */

import type { Mouth } from './engines.ts';
import { FLITE_SAMPLE_RATE, type FliteVoice } from './flite.ts';
import { clausesOf } from './sentences.ts';
import { spokenText } from './spoken-text.ts';
import { Synthesis } from './synthesis.ts';
import { withoutSilence } from './trim.ts';

/** What an assistant's `voice` may be called; another name is spoken by `slt`. */
const VOICES = new Map<string, FliteVoice>([
  ['female', 'slt'],
  ['male', 'rms'],
  ['slt', 'slt'],
  ['rms', 'rms'],
  ['awb', 'awb'],
  ['kal', 'kal16'],
  ['kal16', 'kal16'],
]);

export class LocalMouth implements Mouth {
  readonly sampleRate = FLITE_SAMPLE_RATE;
  #synthesis: Synthesis;

  private constructor(synthesis: Synthesis) {
    this.#synthesis = synthesis;
  }

  /** Warm once resolved. Throws where a package is missing. */
  static async load(): Promise<LocalMouth> {
    const synthesis = new Synthesis();
    try {
      await synthesis.start();
    } catch (error) {
      await synthesis.close();
      throw error;
    }
    return new LocalMouth(synthesis);
  }

  /** Throws where the engine fails; the next sentence has a fresh one. */
  async *say(
    sentence: string,
    options: { readonly voice: string | null; readonly signal: AbortSignal },
  ): AsyncGenerator<Int16Array> {
    const { signal } = options;
    const voice = fliteVoice(options.voice);
    for (const clause of clausesOf(spokenText(sentence))) {
      if (signal.aborted) return;
      const samples = await unlessAborted(this.#synthesis.say(clause, voice, signal), signal);
      if (samples === null) return;
      yield withoutSilence(samples, FLITE_SAMPLE_RATE);
    }
  }

  async close(): Promise<void> {
    await this.#synthesis.close();
  }
}

export function fliteVoice(name: string | null): FliteVoice {
  return VOICES.get(name?.toLowerCase() ?? 'female') ?? 'slt';
}

/** Null at once on abort, whatever becomes of `work`. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(null);
    signal.addEventListener('abort', stop, { once: true });
    work
      .then(resolve, (error: Error) => (signal.aborted ? resolve(null) : reject(error)))
      .finally(() => signal.removeEventListener('abort', stop));
  });
}
