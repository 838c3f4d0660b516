/**
 * A turn's samples on their way to the resampler, which may be slowed down while few are left, and go on for a moment
 * when none are: both by repeating the voice's own last period. Pure, at the media's rate; it allocates nothing.
 */

import { findPeriod, historyFor, longestPeriod } from '../dsp/pitch.ts';
import type { RingBuffer } from './ring-buffer.ts';

/** By how much a voice may be slowed down before it sounds so. */
const SLOW_DOWN = 0.08;
/** A gap this long is filled; a longer one is silence. */
const CONCEAL_MS = 40;
/** At full strength; from here on the repetition, which begins to buzz, fades. */
const CONCEAL_FULL_MS = 10;
/** What is heard again after a gap takes over from its concealment in this time. */
const JOIN_MS = 5;
/** Two gaps closer together than this are one, and get one concealment between them. */
const RECOVER_MS = 100;
/** A step where the repetition begins is spread over this time. */
const STEP_MS = 2;
/** A period is looked for once this much slow-down is due. */
const SEARCH_MS = 5;
/** What is repeated where the sound has no period. */
const NOISE_MS = 10;
const MAX_RATE = 48_000;

export class VoiceLine {
  /** Samples made up since `start`, to fill gaps, and put in, to slow down. */
  concealed = 0;
  slowed = 0;
  /** Gaps filled so far. */
  concealments = 0;

  readonly #ring: RingBuffer;
  /** The last samples given, the newest at the end. */
  #history = new Float32Array(historyFor(MAX_RATE));
  /** A period to be given before anything else. */
  readonly #extra = new Float32Array(longestPeriod(MAX_RATE));
  #extraAt = 0;
  #extraEnd = 0;
  /** How many samples of slow-down are due. */
  #due = 0;
  /** What is repeated in a gap, how much of it has been, how much may be, and over how much it fades. */
  readonly #period = new Float32Array(longestPeriod(MAX_RATE));
  #periodEnd = 0;
  #repeated = 0;
  #limit = 0;
  #span = 0;
  /** A step where the repetition begins, to be smoothed. */
  #step = 0;
  /** What may still be made up, and new samples since the last that were. */
  #budget = 0;
  #sinceGap = 0;
  #ended = false;
  #rate = MAX_RATE;

  constructor(ring: RingBuffer) {
    this.#ring = ring;
  }

  get sampleRate(): number {
    return this.#rate;
  }

  /** What is given now fills a gap, or takes over from what did. */
  get concealing(): boolean {
    return this.#periodEnd > 0;
  }

  /** Another turn begins, or this one goes on after a silence: there is nothing to repeat. */
  start(sampleRate: number): void {
    if (this.#rate !== sampleRate) this.#history = new Float32Array(historyFor(sampleRate));
    this.#rate = sampleRate;
    this.#history.fill(0);
    this.concealed = this.slowed = 0;
    this.#extraAt = this.#extraEnd = this.#due = this.#periodEnd = this.#sinceGap = 0;
    this.#budget = this.#samples(CONCEAL_MS);
    this.#ended = false;
  }

  /** Nothing more comes: what fills a gap may fade. */
  end(): void {
    this.#limit = Math.min(this.#limit, this.#repeated + this.#samples(JOIN_MS));
    this.#ended = true;
  }

  /** How many samples there are to be had, with `media` of them in the ring. */
  available(media: number): number {
    const pending = this.#extraEnd - this.#extraAt + media;
    if (this.concealing && this.#sinceGap === 0) return pending + this.#limit - this.#repeated;
    return pending + (this.#ended || this.#budget < this.#samples(CONCEAL_FULL_MS) ? 0 : this.#budget);
  }

  /**
   * Fills the first `count` samples of `out`, no more than are `available`; returns how many of them are new, taken
   * from the `media` samples in the ring.
   */
  read(out: Float32Array, count: number, media: number, slow: boolean): number {
    let at = 0;
    let taken = 0;
    if (slow && !this.concealing) this.#slowDown(media);
    while (at < count) {
      if (this.#extraAt < this.#extraEnd) {
        out[at++] = this.#extra[this.#extraAt++]!;
      } else if (taken < media) {
        const n = this.#ring.read(out, Math.min(count - at, media - taken), at);
        this.#join(out, at, n);
        this.#remember(out, at, n);
        at += n;
        taken += n;
      } else {
        if (!this.concealing || this.#sinceGap > 0) this.#beginGap();
        this.concealed++;
        this.#budget--;
        out[at++] = this.#made();
      }
    }
    if (slow) this.#due += taken * SLOW_DOWN;
    return taken;
  }

  /** Puts in one period, as the last came before it and the next comes after it. */
  #slowDown(media: number): void {
    // Not sooner than a short period is due, so that the search is made once in a while.
    if (this.#due < this.#samples(SEARCH_MS) || this.#sinceGap < this.#history.length) return;
    const lag = findPeriod(this.#history, this.#rate);
    if (lag === 0 || lag > media) {
      this.#due /= 2; // another try a few blocks later
      return;
    }
    const extra = this.#extra;
    const before = this.#history.length - lag;
    this.#ring.peek(extra, lag);
    for (let i = 0; i < lag; i++) {
      const share = i / lag;
      extra[i] = extra[i]! * (1 - share) + this.#history[before + i]! * share;
    }
    this.#extraAt = 0;
    this.#extraEnd = lag;
    this.#remember(extra, 0, lag);
    this.#due -= lag;
    this.slowed += lag;
  }

  #beginGap(): void {
    const history = this.#history;
    const lag = findPeriod(history, this.#rate) || this.#samples(NOISE_MS);
    const before = history.length - lag;
    for (let i = 0; i < lag; i++) this.#period[i] = history[before + i]!;
    // The end of the period is led over to what stood before it, so that it can go round.
    const overlap = lag >> 2;
    for (let i = 0; i < overlap; i++) {
      const share = (i + 1) / overlap;
      const at = lag - overlap + i;
      this.#period[at] = this.#period[at]! * (1 - share) + history[before - overlap + i]! * share;
    }
    this.#step = history.at(-1)! - history[before - 1]!;
    this.#periodEnd = lag;
    this.#repeated = 0;
    this.#limit = this.#span = this.#budget;
    this.#sinceGap = 0;
    this.concealments++;
  }

  /** The next sample of what fills a gap. */
  #made(): number {
    const i = this.#repeated++;
    const full = this.#samples(CONCEAL_FULL_MS);
    const strength = i < full ? 1 : Math.max(0, (this.#span - i) / (this.#span - full));
    const step = Math.max(0, 1 - i / this.#samples(STEP_MS)) * this.#step;
    return (this.#period[i % this.#periodEnd]! + step) * strength;
  }

  /** After a gap, new samples take over from what filled it. */
  #join(out: Float32Array, from: number, count: number): void {
    const join = this.#samples(JOIN_MS);
    if (this.concealing) {
      for (let i = 0; i < count && this.#sinceGap + i < join; i++) {
        const share = (this.#sinceGap + i) / join;
        out[from + i] = out[from + i]! * share + this.#made() * (1 - share);
      }
    }
    this.#sinceGap += count;
    if (this.#sinceGap >= join) this.#periodEnd = 0;
    if (this.#sinceGap >= this.#samples(RECOVER_MS)) this.#budget = this.#samples(CONCEAL_MS);
  }

  #remember(samples: Float32Array, from: number, count: number): void {
    const history = this.#history;
    const kept = Math.min(count, history.length);
    history.copyWithin(0, kept);
    for (let i = 0; i < kept; i++) history[history.length - kept + i] = samples[from + count - kept + i]!;
  }

  #samples(ms: number): number {
    return Math.round((this.#rate * ms) / 1000);
  }
}
