/** An AudioContext that does what the test says: for what can't be had from a browser at will. */

import { vi } from 'vitest';

export class StandInContext extends EventTarget {
  state: AudioContextState = 'running';
  sampleRate = 48_000;
  /** How often somebody looked at its clock. */
  looks = 0;
  #currentTime = 0;
  readonly resume = vi.fn(() => Promise.resolve());
  readonly close = vi.fn(() => {
    this.state = 'closed';
    return Promise.resolve();
  });

  get currentTime(): number {
    this.looks++;
    return this.#currentTime;
  }

  goOn(seconds: number): void {
    this.#currentTime += seconds;
  }

  become(state: AudioContextState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }

  asContext(): AudioContext {
    return this as unknown as AudioContext;
  }
}
