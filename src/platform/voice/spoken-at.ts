/**
 * When what lies in a stream of sound was spoken, by the gateway's clock. Sound may come late, in bursts even, and never
 * comes early: so of all that came without a gap, what came soonest tells the time of the rest. Pure.
 */

import { UPLINK_BACKLOG_MS } from '../../protocol/messages.ts';

export class SpokenAt {
  /** When the stream would have begun, had it never paused; null where nothing has come since it did. */
  #originMs: number | null = null;

  /** Sound up to `mediaMs` of the stream has come by `nowMs`. */
  came(mediaMs: number, nowMs: number): void {
    const originMs = nowMs - mediaMs;
    // A client keeps no more than that back: what comes later than so follows a gap that nobody told of.
    const gap = this.#originMs === null || originMs > this.#originMs + UPLINK_BACKLOG_MS;
    if (gap || originMs < this.#originMs!) this.#originMs = originMs;
  }

  /** What comes next doesn't follow on what came. */
  paused(): void {
    this.#originMs = null;
  }

  /** When what lies at `mediaMs` was spoken. */
  of(mediaMs: number, nowMs: number): number {
    return this.#originMs === null ? nowMs : Math.min(nowMs, this.#originMs + mediaMs);
  }
}
