/** The assistant's voice on its way to the speaker, and the acknowledgements that the gateway's credit lives on. */

import type { DownlinkMessage, HeardReport } from '../protocol/media.ts';
import { ACK_EVERY_MS, type AckMessage } from '../protocol/messages.ts';

export class Downlink {
  readonly #port: MessagePort | null;
  readonly #acknowledge: (message: AckMessage) => void;
  #bytesPerMs = 0;
  #turnId: string | null = null;
  #receivedMs = 0;
  #playedMs = 0;
  #heardTurnId: string | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Something came or was heard since the last acknowledgement. */
  #news = false;

  constructor(port: MessagePort | null, acknowledge: (message: AckMessage) => void) {
    this.#port = port;
    this.#acknowledge = acknowledge;
    if (port) port.onmessage = ({ data }: { data: HeardReport }) => this.#heard(data);
  }

  /** Frames of this rate will come, in samples a second. */
  format(sampleRate: number): void {
    this.#bytesPerMs = (sampleRate * 2) / 1000;
    this.#post({ type: 'format', sampleRate });
  }

  frame(data: ArrayBuffer): void {
    // Half a sample is none.
    const pcm = data.byteLength % 2 === 0 ? data : data.slice(0, -1);
    if (this.#bytesPerMs === 0 || pcm.byteLength === 0) return;
    // Counted even where nobody will hear it: the gateway has spent its credit on it.
    this.#receivedMs += pcm.byteLength / this.#bytesPerMs;
    this.#keepAcknowledging();
    if (this.#turnId !== null) this.#post({ type: 'frame', turnId: this.#turnId, pcm }, pcm);
  }

  turnStart(turnId: string): void {
    this.#turnId = turnId;
    this.#post({ type: 'turn_start', turnId });
  }

  turnEnd(turnId: string): void {
    if (this.#turnId === turnId) this.#turnId = null;
    this.#post({ type: 'turn_end', turnId });
  }

  /** Ends this turn and every later one, so whichever is current. */
  clear(turnId: string): void {
    this.#turnId = null;
    if (this.#port) return this.#post({ type: 'clear', turnId });
    this.#heardTurnId = turnId;
    this.#report(true);
  }

  close(): void {
    clearInterval(this.#timer);
    if (!this.#port) return;
    this.#port.onmessage = null;
    this.#port.close();
  }

  #heard({ type, turnId, playedMs, done }: HeardReport): void {
    if (type !== 'heard') return;
    this.#heardTurnId = turnId;
    this.#playedMs = playedMs;
    this.#keepAcknowledging();
    if (done) this.#report(true);
  }

  #keepAcknowledging(): void {
    this.#news = true;
    this.#timer ??= setInterval(() => {
      if (this.#news) return this.#report(false);
      clearInterval(this.#timer);
      this.#timer = undefined;
    }, ACK_EVERY_MS);
  }

  #report(done: boolean): void {
    this.#news = false;
    this.#acknowledge({
      type: 'ack',
      received_ms: Math.round(this.#receivedMs),
      played_ms: Math.round(this.#playedMs),
      ...(this.#heardTurnId !== null && { turn_id: this.#heardTurnId }),
      ...(done && { done }),
    });
  }

  #post(message: DownlinkMessage, ...transfer: ArrayBuffer[]): void {
    this.#port?.postMessage(message, transfer);
  }
}
