/** The visitor's side of a call in order: what waits, what is under way, what had to be dropped. Knows no socket. */

import { encode } from '../protocol/codec.ts';
import { type ClientMessage, UPLINK_BACKLOG_MS, UPLINK_BEFORE_READY_MS } from '../protocol/messages.ts';

/** PCM16 mono at 16000 Hz. */
const BYTES_PER_MS = 32;
/** The rest of the backlog is kept back: what is in a socket can't be dropped, and the oldest is what should be. */
const UNDER_WAY_MS = 0.75 * UPLINK_BACKLOG_MS;

export class Uplink {
  sentFrames = 0;
  droppedFrames = 0;

  readonly #put: (data: string | ArrayBuffer) => void;
  #ready = false;
  readonly #waiting: (ArrayBuffer | ClientMessage)[] = [];
  #waitingMs = 0;
  /** Of each frame that counts and has not been acknowledged: its audio, in ms. */
  readonly #underWay: number[] = [];
  #underWayMs = 0;
  /** Frames the gateway has counted on this call. */
  #acknowledged = 0;

  constructor(put: (data: string | ArrayBuffer) => void) {
    this.#put = put;
  }

  /** Audio sent and not yet acknowledged, in ms. What was said before `ready` is not counted: the wire allows for it. */
  get underWayMs(): number {
    return this.#underWayMs;
  }

  /** The gateway listens: all that was said meanwhile goes at once. */
  ready(): void {
    this.#ready = true;
    for (const item of this.#waiting.splice(0)) this.#send(item, 0);
    this.#waitingMs = 0;
  }

  /** One frame of the visitor's voice. */
  frame(pcm: ArrayBuffer): void {
    this.#waiting.push(pcm);
    this.#waitingMs += msOf(pcm);
    this.#pump();
    const room = this.#ready ? UPLINK_BACKLOG_MS - this.#underWayMs : UPLINK_BEFORE_READY_MS;
    while (this.#waitingMs > room) this.#drop();
  }

  message(message: ClientMessage): void {
    // Whoever mutes means what comes after; everything else is better soon than in order with sound.
    if (!this.#ready || (message.type === 'mute' && this.#waiting.length > 0)) this.#waiting.push(message);
    else this.#send(message, 0);
  }

  /** @param received frames of this call that the gateway says it has */
  acknowledge(received: number): void {
    while (this.#acknowledged < received && this.#underWay.length > 0) {
      this.#acknowledged++;
      this.#underWayMs -= this.#underWay.shift()!;
    }
    this.#pump();
  }

  #pump(): void {
    while (this.#ready && this.#waiting.length > 0) {
      const item = this.#waiting[0]!;
      const ms = msOf(item);
      if (this.#underWayMs + ms > UNDER_WAY_MS) return;
      this.#waiting.shift();
      this.#waitingMs -= ms;
      this.#send(item, ms);
    }
  }

  #send(item: ArrayBuffer | ClientMessage, ms: number): void {
    this.#underWay.push(ms);
    this.#underWayMs += ms;
    if (!(item instanceof ArrayBuffer)) return this.#put(encode(item));
    this.sentFrames++;
    this.#put(item);
  }

  /** The oldest sound; what somebody typed or pressed stays. */
  #drop(): void {
    const at = this.#waiting.findIndex((item) => item instanceof ArrayBuffer);
    const [oldest] = this.#waiting.splice(at, 1);
    this.#waitingMs -= msOf(oldest!);
    this.droppedFrames++;
  }
}

function msOf(item: ArrayBuffer | ClientMessage): number {
  return item instanceof ArrayBuffer ? item.byteLength / BYTES_PER_MS : 0;
}
