/** Time as the gateway sees it, so that tests can turn the hands themselves. */

export interface Clock {
  /** Milliseconds since 1970; never goes back. */
  now(): number;
  /** Runs `task` once, `ms` from now; the answer takes that back, and is safe to call twice. */
  after(ms: number, task: () => void): () => void;
}

/** Of Node's timers; beyond it they fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, Math.min(ms, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
