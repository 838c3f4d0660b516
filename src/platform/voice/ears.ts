/**
 * Ears that need no network: voice activity on the caller's thread (0.1 ms a window), words on the thread pool. What a
 * turn is, and who may interrupt whom, is left to the gateway.
 */

import { EARS_SAMPLE_RATE, type Ears, type EarsEvent, type Listener } from './engines.ts';
import { Endpointer } from './endpointer.ts';
import { SpeechToText } from './speech-to-text.ts';
import { Utterance } from './utterance.ts';
import { type Vad, VadPool, WINDOW_MS, WINDOW_SAMPLES } from './vad.ts';

export interface EarsOptions {
  /** Silence that ends an utterance. */
  readonly endOfTurnMs?: number;
  /** Between interim words; longer where decoding takes long. */
  readonly interimMs?: number;
}

const END_OF_TURN_MS = 500;
const INTERIM_MS = 500;
/** With the detector's own first window: voice of 96 ms begins an utterance. */
const START_MS = 64;
const SURE_AFTER_MS = START_MS + WINDOW_MS;
/** Long enough that most gaps between words are none. */
const PAUSE_MS = 190;
/** Kept from before the detector was sure, so that the first word is whole. */
const PRE_ROLL_WINDOWS = Math.ceil((400 + START_MS) / WINDOW_MS);
/** Less voice than this is no word. */
const SHORTEST_VOICE_MS = 120;
/** Who goes on within this, from the end of the turn, is in the middle of a sentence. */
const CONTINUES_MS = 2_000;
/** Interim decodes take at most this share of a core. */
const INTERIM_SHARE = 0.2;

export class LocalEars implements Ears {
  #speechToText: SpeechToText;
  #vads = new VadPool();
  #options: Required<EarsOptions>;

  private constructor(speechToText: SpeechToText, options: EarsOptions) {
    this.#speechToText = speechToText;
    this.#options = {
      endOfTurnMs: options.endOfTurnMs ?? END_OF_TURN_MS,
      interimMs: options.interimMs ?? INTERIM_MS,
    };
  }

  /** Warm once resolved. Throws where a package is missing. */
  static async load(options: EarsOptions = {}): Promise<LocalEars> {
    return new LocalEars(await SpeechToText.load(), options);
  }

  listen(): Listener {
    return new LocalListener(this.#speechToText, this.#vads, this.#options);
  }
}

class LocalListener implements Listener {
  onevent: ((event: EarsEvent) => void) | null = null;
  #speechToText: SpeechToText;
  #vads: VadPool;
  #vad: Vad;
  #interimMs: number;
  #endpointer: Endpointer;
  #utterance: Utterance | null = null;
  /** The one before, for as long as a new one may be its continuation. */
  #before: { readonly utterance: Utterance; readonly endedAtMs: number } | null = null;
  #voicedMs = 0;
  /** Where the voice was last heard. */
  #voiceMs = 0;
  #preRoll: Float32Array[] = [];
  #window = new Float32Array(WINDOW_SAMPLES);
  #filled = 0;
  #pushed = 0;
  #nextInterimMs = 0;
  #told = '';
  #closed = false;
  /** Finals are told in the order of their utterances. */
  #lastFinal: Promise<void> = Promise.resolve();

  constructor(speechToText: SpeechToText, vads: VadPool, options: Required<EarsOptions>) {
    this.#speechToText = speechToText;
    this.#vads = vads;
    this.#vad = vads.take();
    this.#interimMs = options.interimMs;
    this.#endpointer = new Endpointer({
      windowMs: WINDOW_MS,
      startMs: START_MS,
      pauseMs: Math.min(PAUSE_MS, options.endOfTurnMs),
      endMs: options.endOfTurnMs,
    });
  }

  push(samples: Int16Array): void {
    if (this.#closed) return;
    for (const sample of samples) {
      this.#window[this.#filled++] = sample / 32_768;
      this.#pushed++;
      if (this.#filled < WINDOW_SAMPLES) continue;
      this.#filled = 0;
      this.#hear(this.#window.slice());
    }
  }

  flush(): void {
    if (this.#closed) return;
    this.#filled = 0;
    this.#preRoll = [];
    this.#vad.reset();
    this.#endpointer.reset();
    this.#end();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#utterance = null;
    this.#vads.give(this.#vad);
  }

  #hear(window: Float32Array): void {
    const voiced = this.#vad.voiced(window);
    if (voiced) this.#voiceMs = this.#atMs;
    if (this.#utterance === null) {
      this.#preRoll.push(window);
      if (this.#preRoll.length > PRE_ROLL_WINDOWS) this.#preRoll.shift();
    } else {
      this.#utterance.push(window);
      if (voiced) this.#voicedMs += WINDOW_MS;
    }
    switch (this.#endpointer.push(voiced)) {
      case 'start':
        return this.#start();
      case 'pause':
        return this.#pause();
      case 'resume':
        return this.#utterance?.resume();
      case 'end':
        return this.#end();
      case null:
        return this.#interim();
    }
  }

  #start(): void {
    const before = this.#before;
    this.#before = null;
    const continues = before !== null && this.#atMs - before.endedAtMs < CONTINUES_MS;
    const utterance = new Utterance(this.#speechToText, continues ? before.utterance : null);
    for (const window of this.#preRoll) utterance.push(window);
    this.#preRoll = [];
    this.#voicedMs = START_MS;
    this.#told = '';
    this.#utterance = utterance;
    this.#nextInterimMs = this.#atMs + this.#interimMs;
    this.#emit({ type: 'speech_start', atMs: this.#atMs, voiceMs: Math.max(0, this.#atMs - SURE_AFTER_MS) });
  }

  #pause(): void {
    if (this.#utterance === null || this.#voicedMs < SHORTEST_VOICE_MS) return;
    this.#utterance.pause();
    void this.#tellInterim(this.#utterance);
  }

  #end(): void {
    const utterance = this.#utterance;
    if (utterance === null) return;
    this.#utterance = null;
    this.#before = { utterance, endedAtMs: this.#atMs };
    this.#emit({ type: 'speech_end', atMs: this.#atMs, voiceMs: this.#voiceMs });
    // An engine that fails heard nothing: the conversation goes on, and the visitor says it again.
    const words = this.#voicedMs < SHORTEST_VOICE_MS ? '' : utterance.words().catch(() => '');
    this.#lastFinal = this.#lastFinal.then(async () => {
      const text = await words;
      this.#emit({ type: 'words', text, final: true, atMs: this.#atMs });
    });
  }

  #interim(): void {
    const utterance = this.#utterance;
    if (utterance === null || this.#atMs < this.#nextInterimMs || !this.#speechToText.idle) return;
    void this.#tellInterim(utterance);
  }

  async #tellInterim(utterance: Utterance): Promise<void> {
    this.#nextInterimMs = Infinity;
    const begun = performance.now();
    const text = await utterance.words().catch(() => '');
    if (this.#utterance !== utterance) return;
    const tookMs = performance.now() - begun;
    this.#nextInterimMs = this.#atMs + Math.max(this.#interimMs, tookMs / INTERIM_SHARE);
    if (text === '' || text === this.#told) return;
    this.#told = text;
    this.#emit({ type: 'words', text, final: false, atMs: this.#atMs });
  }

  get #atMs(): number {
    return (this.#pushed * 1000) / EARS_SAMPLE_RATE;
  }

  #emit(event: EarsEvent): void {
    if (!this.#closed) this.onevent?.(event);
  }
}
