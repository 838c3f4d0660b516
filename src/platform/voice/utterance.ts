/** One utterance on its way to words: the sound so far, cut where it gets too long to decode in one go. */

import { continuation } from './continuation.ts';
import { EARS_SAMPLE_RATE } from './engines.ts';
import type { SpeechToText } from './speech-to-text.ts';

/** Longer stretches make the model loop. */
const LONGEST_SAMPLES = 20 * EARS_SAMPLE_RATE;
/** From here on, the next pause is a good place to cut. */
const LONG_SAMPLES = 12 * EARS_SAMPLE_RATE;

/** More of what was said before does not help. */
const LONGEST_CONTEXT_SAMPLES = 8 * EARS_SAMPLE_RATE;

/** Sound, and what it says. */
interface Context {
  readonly sound: Float32Array;
  readonly words: Promise<string>;
}

export class Utterance {
  #speechToText: SpeechToText;
  #sound = new Float32Array(4 * EARS_SAMPLE_RATE);
  #length = 0;
  /** Earlier stretches: final, or soon to be. */
  #settled: Promise<string>[] = [];
  /** What the sound up to the present pause says. */
  #atPause: Promise<string> | null = null;
  readonly #context: Context | null;

  /** @param before what the same visitor said just before: two words alone are hard to make out */
  constructor(speechToText: SpeechToText, before: Utterance | null = null) {
    this.#speechToText = speechToText;
    this.#context = before?.asContext() ?? null;
  }

  /** Null for what is too long to be decoded once more. */
  asContext(): Context | null {
    if (this.#settled.length > 0 || this.#length > LONGEST_CONTEXT_SAMPLES) return null;
    return { sound: this.#sound.slice(0, this.#length), words: this.words() };
  }

  push(window: Float32Array): void {
    if (this.#length + window.length > LONGEST_SAMPLES) this.#cut(this.#decode());
    if (this.#length + window.length > this.#sound.length) {
      const larger = new Float32Array(this.#sound.length * 2);
      larger.set(this.#sound);
      this.#sound = larger;
    }
    this.#sound.set(window, this.#length);
    this.#length += window.length;
  }

  /** Perhaps the end: decodes now, so that the words are there once the end-of-turn wait has passed. */
  pause(): void {
    this.#atPause = this.#decode();
  }

  /** It was no end. */
  resume(): void {
    const words = this.#atPause;
    this.#atPause = null;
    if (words !== null && this.#length > LONG_SAMPLES) this.#cut(words);
  }

  /** The words so far; once it has ended, all of them. Rejects where the engine fails. */
  async words(): Promise<string> {
    const parts = await Promise.all([...this.#settled, this.#atPause ?? this.#decode()]);
    return parts.filter((part) => part !== '').join(' ');
  }

  #decode(): Promise<string> {
    const sound = this.#sound.slice(0, this.#length);
    const words =
      this.#settled.length === 0 && this.#context
        ? this.#after(this.#context, sound)
        : this.#speechToText.decode(sound);
    // It may fail before anyone asks: whoever asks hears of it then.
    words.catch(() => undefined);
    return words;
  }

  async #after({ sound: before, words }: Context, sound: Float32Array): Promise<string> {
    const both = new Float32Array(before.length + sound.length);
    both.set(before);
    both.set(sound, before.length);
    const decoding = this.#speechToText.decode(both);
    return continuation(await words, await decoding);
  }

  #cut(words: Promise<string>): void {
    this.#settled.push(words);
    this.#length = 0;
  }
}
