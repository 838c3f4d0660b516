/**
 * How much of a turn must be there before it starts: learnt from how unevenly the turns before it arrived. Every turn
 * tells how long it would have had to wait to be heard without a gap; most of the last ones decide. Pure.
 */

/** What nobody has told better: bridges the jitter of a good network. */
const FIRST_MS = 60;
/** More would be felt as an assistant that is slow to answer. */
const MOST_MS = 220;
/** Beyond what was needed and a frame's length: the steps in which arrivals are seen. */
const MARGIN_MS = 5;
/** The same at least: a line that has been even so far may not stay so. */
const LEAST_MARGIN_MS = 25;
/** What is learnt is told, and remembered, as it would be for frames of this length. */
const USUAL_FRAME_MS = 20;
/** A shorter turn has hardly met the network. */
const TELLING_MS = 200;
/** No network's doing: the assistant itself paused, and is measured anew from there. */
const PAUSE_MS = 1000;
const TURNS = 12;
const FORGETS = 0.9;
const QUANTILE = 0.9;

export class StartThreshold {
  // Fields, since a getter's number would be allocated where nothing may be.
  /** Media time to wait for before a turn starts. */
  ms = 0;
  /** Media time to wait for when a turn has run dry. */
  resumeMs = 0;
  /** Below this a turn is slowed down. */
  lowMs = 0;
  /** How unevenly frames arrive, smoothed: `jitter` of RFC 3550, section 6.4.1, in ms. */
  jitterMs = 0;
  /** Worth remembering: `ms`, were frames of the usual length. */
  learntMs: number;

  /** Of the last turns, newest first. */
  readonly #needs: number[];
  #firstAt = 0;
  #lastAt = 0;
  #frameMs = USUAL_FRAME_MS;
  /** Media time of this turn so far, and since it was measured anew. */
  #turnMs = 0;
  #sinceMs = 0;
  #need = 0;

  /** @param firstMs what was learnt before */
  constructor(firstMs = FIRST_MS) {
    this.learntMs = Math.min(firstMs || FIRST_MS, MOST_MS);
    this.#needs = [this.learntMs - USUAL_FRAME_MS - MARGIN_MS];
    this.#settle();
  }

  /** A frame of `mediaMs` has come, by any clock in ms. */
  arrived(atMs: number, mediaMs: number): void {
    const gapMs = atMs - this.#lastAt;
    if (this.#turnMs === 0 || gapMs > PAUSE_MS) {
      this.#firstAt = atMs;
      this.#sinceMs = 0;
    } else {
      this.jitterMs += (Math.abs(gapMs - this.#frameMs) - this.jitterMs) / 16;
    }
    this.#need = Math.max(this.#need, atMs - this.#firstAt - this.#sinceMs);
    this.#lastAt = atMs;
    if (mediaMs !== this.#frameMs) {
      this.#frameMs = mediaMs;
      this.#settle();
    }
    this.#sinceMs += mediaMs;
    this.#turnMs += mediaMs;
  }

  /** The turn has run dry before its end: what is learnt too late helps the rest of it. */
  ranDry(): void {
    this.learntMs = Math.max(1.25 * this.ms, this.ms + 20) + USUAL_FRAME_MS - this.#frameMs;
    this.#settle();
  }

  /** No more frames of this turn. */
  turnOver(): void {
    if (this.#turnMs >= TELLING_MS) {
      this.#needs.unshift(this.#need);
      this.#needs.length = Math.min(TURNS, this.#needs.length);
      this.learntMs = Math.min(MOST_MS, quantile(this.#needs) + USUAL_FRAME_MS + MARGIN_MS);
      this.#settle();
    }
    this.#turnMs = this.#need = 0;
  }

  #settle(): void {
    // Sound comes in whole frames: one in hand is as good as none.
    this.ms = clamp(this.learntMs + this.#frameMs - USUAL_FRAME_MS, this.#frameMs + LEAST_MARGIN_MS, MOST_MS);
    this.resumeMs = clamp(this.ms, 60, 160);
    // Just before a frame comes there is a frame less than after it.
    this.lowMs = 0.8 * Math.min(this.ms, 120) - this.#frameMs;
  }
}

/** The smallest need that covers most turns, the latest of which weigh most. */
function quantile(needs: readonly number[]): number {
  const weighed = needs.map((need, age) => ({ need, weight: FORGETS ** age })).sort((a, b) => a.need - b.need);
  let left = QUANTILE * weighed.reduce((sum, { weight }) => sum + weight, 0);
  for (const { need, weight } of weighed) {
    left -= weight;
    if (left <= 1e-9) return need;
  }
  return 0;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
