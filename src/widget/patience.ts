/** How long somebody has been waiting: not noticeably, long enough to say so, long enough to say what for. */

const NOTICEABLE_MS = 400;
const LONG_MS = 2_000;

export class Patience {
  readonly #onchange: () => void;
  #timers: ReturnType<typeof setTimeout>[] = [];
  /** 0, 1 (over 400 ms) or 2 (over 2 s). */
  level = 0;

  constructor(onchange: () => void) {
    this.#onchange = onchange;
  }

  /** Starts counting, goes on counting, or stops. */
  set waiting(waiting: boolean) {
    if (waiting && this.#timers.length) return;
    this.#timers.forEach(clearTimeout);
    this.level = 0;
    this.#timers = waiting ? [NOTICEABLE_MS, LONG_MS].map((ms) => setTimeout(this.#ontimeout, ms)) : [];
  }

  readonly #ontimeout = (): void => {
    this.level += 1;
    this.#onchange();
  };
}
