/** Turns "voiced or not", window by window, into where an utterance begins, pauses and ends. Pure. */

export interface EndpointerOptions {
  readonly windowMs: number;
  /** Voice this long begins an utterance: a click is shorter. */
  readonly startMs: number;
  /** Silence this long is worth decoding what there is, in case it is the end. */
  readonly pauseMs: number;
  /** Silence this long ends the utterance. */
  readonly endMs: number;
}

export type EndpointerEvent = 'start' | 'pause' | 'resume' | 'end';

export class Endpointer {
  #options: EndpointerOptions;
  #speaking = false;
  #voicedMs = 0;
  #silentMs = 0;

  constructor(options: EndpointerOptions) {
    this.#options = options;
  }

  get speaking(): boolean {
    return this.#speaking;
  }

  /** Voice in the current utterance, pauses left out. */
  get voicedMs(): number {
    return this.#voicedMs;
  }

  push(voiced: boolean): EndpointerEvent | null {
    const { windowMs, startMs, pauseMs, endMs } = this.#options;
    if (voiced) {
      const paused = this.#silentMs >= pauseMs;
      this.#voicedMs += windowMs;
      this.#silentMs = 0;
      if (this.#speaking) return paused ? 'resume' : null;
      if (this.#voicedMs < startMs) return null;
      this.#speaking = true;
      return 'start';
    }
    if (!this.#speaking) {
      this.#voicedMs = 0;
      return null;
    }
    const before = this.#silentMs;
    this.#silentMs += windowMs;
    if (this.#silentMs >= endMs) {
      this.reset();
      return 'end';
    }
    return before < pauseMs && this.#silentMs >= pauseMs ? 'pause' : null;
  }

  reset(): void {
    this.#speaking = false;
    this.#voicedMs = 0;
    this.#silentMs = 0;
  }
}
