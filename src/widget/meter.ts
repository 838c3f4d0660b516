/**
 * The one moving thing: how loud both sides are. Sound leaves the middle, the visitor's to the start, the
 * assistant's to the end. It runs while a call is live; still means quiet, and costs nothing.
 */

import { METER_BARS } from './card.ts';

export interface Levels {
  /** 0..1 */
  readonly visitor: number;
  /** 0..1 */
  readonly assistant: number;
}

const EVERY_MS = 50;
/** A bar at rest is a dot: bars are 40 px high and 4 px wide. */
const REST = 0.1;

export class Meter {
  readonly #levels: () => Levels;
  #bars: { readonly visitor: readonly HTMLElement[]; readonly assistant: readonly HTMLElement[] } | null = null;
  #frame = 0;
  #lastMs = 0;
  readonly #heard = {
    visitor: Array.from({ length: METER_BARS }, () => 0),
    assistant: Array.from({ length: METER_BARS }, () => 0),
  };

  constructor(levels: () => Levels) {
    this.#levels = levels;
  }

  get running(): boolean {
    return this.#frame !== 0;
  }

  /** @param bars the visitor's and then the assistant's, from one edge to the other */
  start(bars: readonly HTMLElement[]): void {
    // Where the card was drawn anew, they are others than before.
    this.#bars = { visitor: bars.slice(0, METER_BARS), assistant: bars.slice(METER_BARS) };
    this.#frame ||= requestAnimationFrame(this.#onframe);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const side of ['visitor', 'assistant'] as const) {
      this.#heard[side].fill(0);
      for (const bar of this.#bars?.[side] ?? []) bar.style.transform = '';
    }
    this.#bars = null;
  }

  readonly #onframe = (nowMs: number): void => {
    this.#frame = requestAnimationFrame(this.#onframe);
    if (nowMs - this.#lastMs < EVERY_MS) return;
    this.#lastMs = nowMs;
    const levels = this.#levels();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    for (const side of ['visitor', 'assistant'] as const) {
      const heard = this.#heard[side];
      heard.unshift(levels[side]);
      heard.pop();
      this.#bars?.[side].forEach((bar, place) => {
        const at = side === 'visitor' ? METER_BARS - 1 - place : place;
        const height = still ? step(levels[side], at) : heard[at]!;
        bar.style.transform = `scaleY(${Math.max(REST, Math.min(1, height)).toFixed(2)})`;
      });
    }
  };
}

/** Without movement: a bar that grows outwards in steps. */
function step(level: number, at: number): number {
  return at < Math.round(level * METER_BARS) ? 0.5 : 0;
}
