/** How long a call may last, and how long nobody may speak on it: when to warn, and when it is over. */

import type { WarningCode } from '../../protocol/messages.ts';
import type { Clock } from './clock.ts';
import { Countdown } from './countdown.ts';
import { warningLeadS } from './turn-taking.ts';

/** Seconds before the limit, for limits that are long enough. */
const LEAD_S: Readonly<Record<WarningCode, number>> = { max_duration: 30, silence: 15 };

export interface CallLimitsOptions {
  readonly clock: Clock;
  readonly maxDurationS: number;
  readonly silenceS: number;
  onwarning(code: WarningCode, inS: number): void;
  onlimit(code: WarningCode): void;
}

export class CallLimits {
  #longest: Countdown;
  #silence: Countdown;

  constructor({ clock, maxDurationS, silenceS, onwarning, onlimit }: CallLimitsOptions) {
    const countdown = (code: WarningCode, limitS: number): Countdown => {
      const leadS = warningLeadS(limitS, LEAD_S[code]);
      return new Countdown({
        clock,
        limitMs: limitS * 1000,
        leadMs: leadS * 1000,
        onwarning: () => onwarning(code, leadS),
        onlimit: () => onlimit(code),
      });
    };
    this.#longest = countdown('max_duration', maxDurationS);
    this.#silence = countdown('silence', silenceS);
  }

  /** The call is live. */
  begin(): void {
    this.#longest.restart();
  }

  /** Nobody speaks: counts from the first time this is said on, until `heard`. */
  quiet(): void {
    if (!this.#silence.running) this.#silence.restart();
  }

  /** Somebody speaks, or is about to. */
  heard(): void {
    this.#silence.hold();
  }

  end(): void {
    this.#longest.hold();
    this.#silence.hold();
  }
}
