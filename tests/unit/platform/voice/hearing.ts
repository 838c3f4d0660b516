/** Lets a listener hear a recording, faster than it was spoken, and gathers what it noticed. */

import { setImmediate } from 'node:timers/promises';
import type { EarsEvent, Listener } from '../../../../src/platform/voice/engines.ts';

/** 20 ms, as the gateway's frames are. */
const FRAME_SAMPLES = 320;

export class Hearing {
  readonly events: EarsEvent[] = [];
  #listener: Listener;
  #changed = (): void => {};

  constructor(listener: Listener) {
    this.#listener = listener;
    listener.onevent = (event) => {
      this.events.push(event);
      this.#changed();
    };
  }

  async push(samples: Int16Array): Promise<void> {
    for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
      this.#listener.push(samples.subarray(at, at + FRAME_SAMPLES));
      await setImmediate();
    }
  }

  /** Resolves once every utterance that ended has its final words. */
  settled(): Promise<void> {
    return this.until(() => this.finals.length >= this.count('speech_end'));
  }

  async until(fact: () => boolean): Promise<void> {
    while (!fact()) await new Promise<void>((resolve) => (this.#changed = resolve));
  }

  count(type: EarsEvent['type']): number {
    return this.events.filter((event) => event.type === type).length;
  }

  get finals(): string[] {
    return this.events.flatMap((event) => (event.type === 'words' && event.final ? [event.text] : []));
  }

  get text(): string {
    return this.finals.filter((text) => text !== '').join(' ');
  }
}

export const silence = (seconds: number): Int16Array => new Int16Array(seconds * 16_000);

export function joined(...parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]));
}
