/** A limit in time that warns once before it is reached, and can be held and begun anew. */

import type { Clock } from './clock.ts';

export interface CountdownOptions {
  readonly clock: Clock;
  readonly limitMs: number;
  /** How long before the limit to warn; 0 for no warning. */
  readonly leadMs: number;
  onwarning(): void;
  onlimit(): void;
}

export class Countdown {
  #options: CountdownOptions;
  #cancel: (() => void) | null = null;

  constructor(options: CountdownOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#cancel !== null;
  }

  /** Counts from now, whatever was counted before. */
  restart(): void {
    this.hold();
    const { clock, limitMs, leadMs, onwarning, onlimit } = this.#options;
    const limit = (): void => {
      this.#cancel = null;
      onlimit();
    };
    this.#cancel =
      leadMs <= 0
        ? clock.after(limitMs, limit)
        : clock.after(limitMs - leadMs, () => {
            this.#cancel = clock.after(leadMs, limit);
            onwarning();
          });
  }

  /** Stops counting. */
  hold(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
