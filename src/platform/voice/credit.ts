/**
 * How much audio may be sent now. What is in the socket can't be taken back, so little may be under way, and not too
 * much may lie unheard at the client. Pure; media time in ms throughout.
 */

import { CREDIT_PLAYED_MS, CREDIT_RECEIVED_MS } from '../../protocol/messages.ts';

export class Credit {
  #sentMs = 0;
  #receivedMs = 0;
  #playedMs = 0;
  /** Sent, but cleared before anybody heard it. */
  #unheardMs = 0;

  get sentMs(): number {
    return this.#sentMs;
  }

  get playedMs(): number {
    return this.#playedMs;
  }

  /** Never more than what the credit leaves; may be negative. */
  get roomMs(): number {
    const underWayMs = this.#sentMs - this.#receivedMs;
    const waitingMs = this.#sentMs - this.#playedMs - this.#unheardMs;
    return Math.min(CREDIT_RECEIVED_MS - underWayMs, CREDIT_PLAYED_MS - waitingMs);
  }

  sent(ms: number): void {
    this.#sentMs += ms;
  }

  /** What the client says. It can't take anything back, nor have more than was sent. */
  acknowledged(receivedMs: number, playedMs: number): void {
    this.#receivedMs = Math.min(Math.max(this.#receivedMs, receivedMs), this.#sentMs);
    this.#playedMs = Math.min(Math.max(this.#playedMs, playedMs), this.#sentMs - this.#unheardMs);
  }

  /** The turn that ended at `uptoMs` of what was sent is over for the client: the rest of it will never be heard. */
  settled(uptoMs: number): void {
    // The client answers in order, so all of it has come.
    this.#receivedMs = Math.max(this.#receivedMs, uptoMs);
    this.#unheardMs = Math.max(this.#unheardMs, uptoMs - this.#playedMs);
  }
}
