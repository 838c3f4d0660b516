/** Whether the line of a live call is weak just now, out of figures taken every few seconds. Pure. */

import type { PlayoutStats } from '../audio/ports.ts';
import type { GatewayStats } from '../gateway/ports.ts';
import { qualityOf } from './quality.ts';

export const LOOK_EVERY_MS = 3_000;
/** What was missing is judged over as many looks: one stall is told for so long, and not for the rest of the call. */
const LOOKS = 4;
/** In ITU-T G.107's words, below 2.6 nearly all users are dissatisfied, and from 3.1 on no more than many. */
const WEAK_BELOW = 2.6;
const FINE_FROM = 3.1;
/** Sound that waits for so long, beyond the way there and back, only waits to be acknowledged. */
const ACKNOWLEDGED_WITHIN_MS = 500;

type Heard = Pick<PlayoutStats, 'playedMs' | 'stalledMs'>;

export class WeakLine {
  #weak = false;
  #past: Heard[] = [{ playedMs: 0, stalledMs: 0 }];

  /** Nobody has looked for a while: what was before is no recent past any more. */
  skip(): void {
    this.#past = [];
  }

  /**
   * Only what the line is to blame for counts: a wireless headset that takes a third of a second does not.
   *
   * @returns whether it is weak
   */
  look(
    { playedMs, stalledMs, thresholdMs }: Heard & Pick<PlayoutStats, 'thresholdMs'>,
    { rttMs, backlogMs }: Pick<GatewayStats, 'rttMs' | 'backlogMs'>,
  ): boolean {
    const now = { playedMs, stalledMs };
    const last = this.#past.at(-1);
    // Sound that was built anew counts from 0.
    if (last && (playedMs < last.playedMs || stalledMs < last.stalledMs)) this.skip();
    const [from = now] = this.#past;
    const missing = stalledMs - from.stalledMs;
    const wanted = missing + playedMs - from.playedMs;
    this.#past = [...this.#past, now].slice(-LOOKS);
    // A line that has come to a stop answers no ping, but what is said piles up.
    const delayMs = thresholdMs + Math.max((rttMs ?? 0) / 2, backlogMs - ACKNOWLEDGED_WITHIN_MS);
    const quality = qualityOf(delayMs, wanted && missing / wanted);
    this.#weak = quality < (this.#weak ? FINE_FROM : WEAK_BELOW);
    return this.#weak;
  }
}
