/** How much of the visitor's voice is taken: as much as time has passed, and what was kept before `ready`. Pure. */

/** What a client may have kept before `ready` (10 s), and what the network may have kept since (2 s). */
const HEAD_START_MS = 12_000;
/** Two clocks never agree: 1%. */
const DRIFT = 1.01;

export class UplinkMeter {
  #readyAtMs: number;
  #takenMs = 0;

  constructor(readyAtMs: number) {
    this.#readyAtMs = readyAtMs;
  }

  /** Whether a frame of `frameMs` is taken at `nowMs`; one that isn't doesn't count. */
  take(frameMs: number, nowMs: number): boolean {
    if (this.#takenMs + frameMs > (nowMs - this.#readyAtMs) * DRIFT + HEAD_START_MS) return false;
    this.#takenMs += frameMs;
    return true;
  }
}
