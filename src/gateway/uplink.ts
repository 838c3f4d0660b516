/** The visitor's side of a call in order: what waits, what is under way, what had to be dropped. Knows no socket. */

import { encode } from '../protocol/codec.ts';
import { type ClientMessage, UPLINK_BACKLOG_MS, UPLINK_BEFORE_READY_MS } from '../protocol/messages.ts';
import { NarrowBand } from './narrow-band.ts';

/** Of what the microphone gives: PCM16 mono at 16000 Hz. */
const BYTES_PER_MS = 32;
/** The rest of the backlog is kept back: what is in a socket can't be dropped, and the oldest is what should be. */
const UNDER_WAY_MS = 0.75 * UPLINK_BACKLOG_MS;

export interface UplinkSink {
  /** Onto the wire; binary data is read before this returns. */
  put(data: string | ArrayBuffer | Uint8Array<ArrayBuffer>): void;
  /** The frame's buffer is of no more use here. */
  spent(pcm: ArrayBuffer): void;
}

export class Uplink {
  sentFrames = 0;
  droppedFrames = 0;

  readonly #sink: UplinkSink;
  #ready = false;
  /** Null where the wire takes frames as they come. */
  #narrowBand: NarrowBand | null = null;
  readonly #waiting: (ArrayBuffer | ClientMessage)[] = [];
  #waitingMs = 0;
  /** Of each frame that counts and has not been acknowledged: its audio, in ms. */
  readonly #underWay: number[] = [];
  #underWayMs = 0;
  /** How many of those were kept for `ready`, and what is in them. */
  #early = 0;
  #earlyMs = 0;
  /** Frames the gateway has counted on this call. */
  #acknowledged = 0;

  constructor(sink: UplinkSink) {
    this.#sink = sink;
  }

  /** Audio sent and not yet acknowledged, in ms. What was said before `ready` is not counted: the wire allows for it. */
  get underWayMs(): number {
    return this.#underWayMs - this.#earlyMs;
  }

  /** All audio taken and not yet acknowledged, in ms. */
  get backlogMs(): number {
    return this.#waitingMs + this.#underWayMs;
  }

  /** The gateway listens: all that was said meanwhile goes at once. */
  ready(muLaw: boolean): void {
    this.#ready = true;
    if (muLaw) this.#narrowBand = new NarrowBand();
    for (const item of this.#waiting.splice(0)) this.#send(item);
    this.#waitingMs = 0;
    this.#early = this.#underWay.length;
    this.#earlyMs = this.#underWayMs;
  }

  /** One frame of the visitor's voice. */
  frame(pcm: ArrayBuffer): void {
    this.#waiting.push(pcm);
    this.#waitingMs += msOf(pcm);
    this.#pump();
    const room = this.#ready ? UPLINK_BACKLOG_MS - this.underWayMs : UPLINK_BEFORE_READY_MS;
    while (this.#waitingMs > room) this.#drop();
  }

  message(message: ClientMessage): void {
    // Whoever mutes means what comes after; everything else is better soon than in order with sound.
    if (!this.#ready || (message.type === 'mute' && this.#waiting.length > 0)) this.#waiting.push(message);
    else this.#send(message);
  }

  /** @param received frames of this call that the gateway says it has */
  acknowledge(received: number): void {
    while (this.#acknowledged < received && this.#underWay.length > 0) {
      this.#acknowledged++;
      const ms = this.#underWay.shift()!;
      this.#underWayMs -= ms;
      if (this.#early === 0) continue;
      this.#early--;
      this.#earlyMs -= ms;
    }
    this.#pump();
  }

  #pump(): void {
    while (this.#ready && this.#waiting.length > 0) {
      const ms = msOf(this.#waiting[0]!);
      if (this.underWayMs + ms > UNDER_WAY_MS) return;
      this.#waitingMs -= ms;
      this.#send(this.#waiting.shift()!);
    }
  }

  #send(item: ArrayBuffer | ClientMessage): void {
    const ms = msOf(item);
    this.#underWay.push(ms);
    this.#underWayMs += ms;
    if (!(item instanceof ArrayBuffer)) return this.#sink.put(encode(item));
    this.sentFrames++;
    this.#sink.put(this.#narrowBand?.encode(item) ?? item);
    this.#sink.spent(item);
  }

  /** The oldest sound; what somebody typed or pressed stays. */
  #drop(): void {
    const at = this.#waiting.findIndex((item) => item instanceof ArrayBuffer);
    const [oldest] = this.#waiting.splice(at, 1) as [ArrayBuffer];
    this.#waitingMs -= msOf(oldest);
    this.droppedFrames++;
    this.#sink.spent(oldest);
  }
}

function msOf(item: ArrayBuffer | ClientMessage): number {
  return item instanceof ArrayBuffer ? item.byteLength / BYTES_PER_MS : 0;
}
