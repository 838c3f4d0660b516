/**
 * A well-behaved client of the voice gateway, in Node: starts, speaks a recording as fast as a microphone would, plays
 * what it gets (without a speaker) and acknowledges it, and keeps everything that came for the test to look at.
 */

import { WebSocket } from 'ws';
import {
  ACK_EVERY_MS,
  type AckMessage,
  type AudioFormat,
  type ClientMessage,
  type GatewayMessage,
  type StartMessage,
  type TranscriptMessage,
} from '../src/protocol/messages.ts';
import { decodeMuLaw } from '../src/dsp/mu-law.ts';

export type Playout =
  /** As a speaker would, by the wall clock. */
  | 'real'
  /** Everything is heard the moment it comes. */
  | 'instant'
  /** Nothing is played or acknowledged; the test sends what it likes. */
  | 'none';

export interface ClientOptions {
  readonly origin?: string;
  readonly playout?: Playout;
}

export interface Frame {
  /** Null for a frame outside of any turn, which a gateway must not send. */
  readonly turnId: string | null;
  readonly bytes: Uint8Array;
}

const FRAME_MS = 20;
/** Only ends what hangs, with a word of what was waited for. */
const PATIENCE_MS = 45_000;
export const PCM_16K: AudioFormat = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };

export class GatewayClient {
  readonly socket: WebSocket;
  readonly messages: GatewayMessage[] = [];
  readonly frames: Frame[] = [];
  /** How the socket was closed, once it is. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  #ids: { call_id: string; assistant_id: string };
  #playout: Playout;
  #waiting = new Set<() => void>();
  #closedAs: { code: number; reason: string } | null = null;
  #down: AudioFormat = PCM_16K;
  #turnId: string | null = null;
  /** Turns that have come and are not heard to their end, in order. */
  #queue: { readonly id: string; leftMs: number; ended: boolean }[] = [];
  #receivedMs = 0;
  #playedMs = 0;
  #timers: NodeJS.Timeout[] = [];

  /** `url` as create-call returns it: with `call_id` and `assistant_id`. */
  constructor(url: string, { origin, playout = 'instant' }: ClientOptions = {}) {
    const query = new URL(url).searchParams;
    this.#ids = { call_id: query.get('call_id') ?? '', assistant_id: query.get('assistant_id') ?? '' };
    this.#playout = playout;
    this.socket = new WebSocket(url, origin === undefined ? {} : { origin });
    this.socket.on('message', (data, isBinary) => {
      const bytes = data as Buffer;
      if (isBinary) this.#onFrame(new Uint8Array(bytes));
      else this.#onMessage(JSON.parse(bytes.toString('utf8')) as GatewayMessage);
      this.#wake();
    });
    this.socket.on('open', () => this.#wake());
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => {
        this.#closedAs = { code, reason: reason.toString() };
        for (const timer of this.#timers) clearInterval(timer);
        resolve(this.#closedAs);
        this.#wake();
      });
    });
  }

  /** Opens a call in voice (16 kHz both ways) unless told otherwise, and waits for `ready`. */
  static async call(
    url: string,
    options: ClientOptions = {},
    start: Partial<StartMessage> = {},
  ): Promise<GatewayClient> {
    const client = new GatewayClient(url, options);
    await client.start(start);
    await client.next('ready');
    return client;
  }

  async opened(): Promise<void> {
    await this.until(() => this.socket.readyState === WebSocket.OPEN, 'the socket to open');
  }

  async start(overrides: Partial<StartMessage> = {}): Promise<void> {
    await this.opened();
    const audio = { up: [PCM_16K], down: [PCM_16K] };
    this.send({ type: 'start', version: 1, ...this.#ids, mode: 'voice', audio, ...overrides });
    if (this.#playout === 'real') this.#playInRealTime();
  }

  send(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Speaks 16 kHz samples in frames of 20 ms, as fast as they were spoken; settles when the last is sent. */
  async speak(samples: Int16Array): Promise<void> {
    const frameSamples = 320;
    const begun = performance.now();
    for (let at = 0; at < samples.length; at += frameSamples) {
      // A microphone's clock decides when; a frame that is late is sent at once.
      const lateMs = performance.now() - begun - (at / frameSamples) * FRAME_MS;
      if (lateMs < 0) await new Promise((resolve) => setTimeout(resolve, -lateMs));
      if (this.socket.readyState !== WebSocket.OPEN) return;
      const frame = samples.slice(at, at + frameSamples);
      this.socket.send(new Uint8Array(frame.buffer));
    }
  }

  all<T extends GatewayMessage['type']>(type: T): Extract<GatewayMessage, { type: T }>[] {
    return this.messages.filter((message) => message.type === type) as Extract<GatewayMessage, { type: T }>[];
  }

  /** The first message of `type`, come already or to come, that `suits`. */
  async next<T extends GatewayMessage['type']>(
    type: T,
    suits: (message: Extract<GatewayMessage, { type: T }>) => boolean = () => true,
  ): Promise<Extract<GatewayMessage, { type: T }>> {
    await this.until(() => this.all(type).some(suits), `a fitting "${type}"`);
    return this.all(type).find(suits)!;
  }

  /** Until what came makes `fact` true. */
  async until(fact: () => boolean, what = 'something'): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const done = (settle: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(check);
        settle();
      };
      const check = (): void => {
        if (fact()) done(resolve);
        else if (this.#closedAs !== null)
          done(() => reject(new Error(`closed, but waited for ${what}${this.#story()}`)));
      };
      const timer = setTimeout(() => done(() => reject(new Error(`waited for ${what}${this.#story()}`))), PATIENCE_MS);
      this.#waiting.add(check);
      check();
    });
  }

  /** Everything that was sent up to now has been dealt with. */
  async settled(): Promise<void> {
    const t = Math.random();
    this.send({ type: 'ping', t, received: 0 });
    await this.next('pong', (pong) => pong.t === t);
  }

  /** The latest transcript of each line, in order of appearance. */
  get lines(): TranscriptMessage[] {
    return [...new Map(this.all('transcript').map((line) => [line.id, line])).values()];
  }

  said(role: 'user' | 'assistant'): string {
    return this.lines
      .filter((line) => line.role === role && line.text !== '')
      .map((line) => line.text)
      .join(' ');
  }

  /** All sound that came, of one turn or of all. */
  audio(turnId?: string): Int16Array {
    const parts = this.frames.filter((frame) => turnId === undefined || frame.turnId === turnId);
    return Int16Array.from(parts.flatMap((frame) => [...this.#samples(frame.bytes)]));
  }

  async hangUp(): Promise<void> {
    this.send({ type: 'end', reason: 'visitor' });
    await this.closed;
  }

  #onMessage(message: GatewayMessage): void {
    this.messages.push(message);
    if (message.type === 'ready' && message.audio !== null) this.#down = message.audio.down;
    if (message.type === 'turn_start') {
      this.#turnId = message.turn_id;
      this.#queue.push({ id: message.turn_id, leftMs: 0, ended: false });
    } else if (message.type === 'turn_end') {
      this.#turnId = null;
      const turn = this.#queue.find(({ id }) => id === message.turn_id);
      if (turn) turn.ended = true;
      this.#play(0);
    } else if (message.type === 'clear') {
      this.#turnId = null;
      this.#queue = [];
      this.#acknowledge({ turn_id: message.turn_id, done: true });
    }
  }

  #onFrame(bytes: Uint8Array): void {
    this.frames.push({ turnId: this.#turnId, bytes });
    const ms = (this.#samples(bytes).length * 1000) / this.#down.sample_rate;
    this.#receivedMs += ms;
    const turn = this.#queue.at(-1);
    if (turn) turn.leftMs += ms;
    if (this.#playout === 'instant') {
      this.#play(ms);
      this.#acknowledge();
    }
  }

  /** Lets `ms` pass at the speaker. */
  #play(ms: number): void {
    if (this.#playout === 'none') return;
    let budgetMs = ms;
    for (let turn = this.#queue[0]; turn !== undefined; turn = this.#queue[0]) {
      const step = Math.min(budgetMs, turn.leftMs);
      turn.leftMs -= step;
      budgetMs -= step;
      this.#playedMs += step;
      if (turn.leftMs > 0 || !turn.ended) return;
      this.#queue.shift();
      this.#acknowledge({ turn_id: turn.id, done: true });
    }
  }

  #playInRealTime(): void {
    let before = performance.now();
    const tick = (): void => {
      const now = performance.now();
      this.#play(now - before);
      before = now;
    };
    this.#timers.push(setInterval(tick, FRAME_MS));
    this.#timers.push(setInterval(() => this.#queue.length > 0 && this.#acknowledge(), ACK_EVERY_MS));
  }

  #acknowledge(done: Pick<AckMessage, 'turn_id' | 'done'> = {}): void {
    if (this.#playout === 'none' || this.socket.readyState !== WebSocket.OPEN) return;
    this.send({ type: 'ack', received_ms: this.#receivedMs, played_ms: this.#playedMs, ...done });
  }

  #samples(bytes: Uint8Array): Int16Array {
    return this.#down.encoding === 'pcm_mulaw' ? decodeMuLaw(bytes) : new Int16Array(bytes.slice().buffer);
  }

  #wake(): void {
    for (const check of this.#waiting) check();
  }

  #story(): string {
    const types = this.messages.map((message) => message.type).join(', ');
    return `; got ${types || 'nothing'} and ${this.frames.length} frames${
      this.#closedAs ? `, closed with ${this.#closedAs.code} ${this.#closedAs.reason}` : ''
    }`;
  }
}
