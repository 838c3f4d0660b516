/** The assistant's voice on its way to one client: frames leave as fast as credit allows, and no faster. */

import type { AudioFormat } from '../../protocol/messages.ts';
import { FRAME_MS, frameOf } from './audio-format.ts';
import { Credit } from './credit.ts';
import { type Deferred, deferred } from './deferred.ts';

export class Downlink {
  readonly format: AudioFormat;
  #send: (frame: Uint8Array) => void;
  #credit = new Credit();
  #waiting: Deferred<void> | null = null;

  constructor(format: AudioFormat, send: (frame: Uint8Array) => void) {
    this.format = format;
    this.#send = send;
  }

  /** Media time on this call, in ms. */
  get sentMs(): number {
    return this.#credit.sentMs;
  }

  get playedMs(): number {
    return this.#credit.playedMs;
  }

  /** One frame of 20 ms, once there is room for it. False where `signal` came first: nothing was sent. */
  async send(samples: Int16Array, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted && this.#credit.roomMs < FRAME_MS) {
      const room = (this.#waiting ??= deferred<void>());
      const wake = (): void => room.resolve();
      signal.addEventListener('abort', wake, { once: true });
      await room.promise;
      signal.removeEventListener('abort', wake);
    }
    if (signal.aborted) return false;
    this.#credit.sent(FRAME_MS);
    this.#send(frameOf(samples, this.format));
    return true;
  }

  acknowledged(receivedMs: number, playedMs: number): void {
    this.#credit.acknowledged(receivedMs, playedMs);
    this.#wake();
  }

  /** No more will be heard of what was sent up to `uptoMs`. */
  settled(uptoMs: number): void {
    this.#credit.settled(uptoMs);
    this.#wake();
  }

  #wake(): void {
    this.#waiting?.resolve();
    this.#waiting = null;
  }
}
