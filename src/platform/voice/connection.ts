/** One accepted websocket: bounds what comes in, counts it, keeps the line alive, and closes with a reason. */

import { type RawData, WebSocket } from 'ws';
import { GarbageError, encode } from '../../protocol/codec.ts';
import { CloseCode, type GatewayMessage, IDLE_MS, MAX_FRAME_BYTES, START_WITHIN_MS } from '../../protocol/messages.ts';
import { Refusal } from './admission.ts';
import { type CallMessage, readMessage } from './client-messages.ts';
import type { Clock } from './clock.ts';
import { deferred } from './deferred.ts';

const PING_EVERY_MS = 10_000;
/** The client bounds what it has under way by our count, so it must hear it well within its 2 s. */
const COUNT_EVERY_MS = 250;

export interface ConnectionHandlers {
  onmessage(message: CallMessage): void;
  onaudio(frame: Uint8Array): void;
  /** Once; nothing comes after it. `byClient`: it closed in good order. */
  onclose(byClient: boolean): void;
}

export class Connection {
  #socket: WebSocket;
  #clock: Clock;
  #handlers: ConnectionHandlers | null = null;
  #first = deferred<string | Refusal>();
  #firstCame = false;
  /** Frames between `start` and `ready`; few, since the socket is paused. */
  #held: { readonly data: RawData; readonly isBinary: boolean }[] = [];
  #received = 0;
  #told = 0;
  #cancelCount: (() => void) | null = null;
  #cancelStart: () => void;
  #cancelIdle = (): void => {};
  #cancelPing = (): void => {};
  #closing = false;
  /** Settles when the socket is gone. */
  readonly gone: Promise<void>;

  constructor(socket: WebSocket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    const gone = deferred<void>();
    this.gone = gone.promise;
    this.#cancelStart = clock.after(START_WITHIN_MS, () => {
      this.#first.resolve(new Refusal(CloseCode.refused, 'start expected'));
    });
    socket.on('message', (data, isBinary) => this.#onFrame(data, isBinary));
    socket.on('ping', () => this.#touch());
    socket.on('pong', () => this.#touch());
    // What the library refuses by itself (too big, not UTF-8) is closed by it with the right code.
    socket.on('error', () => {});
    socket.on('close', (code) => {
      this.#stop();
      this.#first.resolve(new Refusal(CloseCode.normal, 'gone'));
      this.#tellClosed(code === CloseCode.normal);
      gone.resolve();
    });
    this.#touch();
    this.#ping();
  }

  get open(): boolean {
    return !this.#closing && this.#socket.readyState === WebSocket.OPEN;
  }

  /** Frames of the call so far: what resuming will count from. */
  get received(): number {
    return this.#received;
  }

  /** The first frame, which must be text and come soon. What comes after it waits for `live`. @throws Refusal */
  async first(): Promise<string> {
    const first = await this.#first.promise;
    this.#cancelStart();
    if (first instanceof Refusal) throw first;
    return first;
  }

  /** Delivers everything from here on, first what was held. */
  live(handlers: ConnectionHandlers): void {
    this.#handlers = handlers;
    if (!this.open) return this.#tellClosed(false);
    this.#socket.resume();
    for (const { data, isBinary } of this.#held.splice(0)) this.#deliver(data, isBinary);
  }

  send(message: GatewayMessage): void {
    if (this.open) this.#socket.send(encode(message));
  }

  sendAudio(frame: Uint8Array): void {
    if (this.open) this.#socket.send(frame, { binary: true });
  }

  /** Safe to call twice; the first reason counts. */
  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#stop();
    // A paused socket would never read the client's answer.
    this.#socket.resume();
    this.#socket.close(code, reason);
    this.#tellClosed(false);
  }

  /** For a client that doesn't answer the close. */
  terminate(): void {
    this.#socket.terminate();
  }

  #onFrame(data: RawData, isBinary: boolean): void {
    if (this.#closing) return;
    this.#touch();
    if (byteLength(data) > MAX_FRAME_BYTES) return this.close(CloseCode.tooBig, 'frame too big');
    if (!this.#firstCame) {
      this.#firstCame = true;
      this.#socket.pause();
      this.#first.resolve(isBinary ? new Refusal(CloseCode.refused, 'start expected') : text(data));
    } else if (this.#handlers === null) {
      this.#held.push({ data, isBinary });
    } else {
      this.#deliver(data, isBinary);
    }
  }

  #deliver(data: RawData, isBinary: boolean): void {
    if (this.#closing) return;
    if (isBinary) {
      this.#count();
      this.#handlers?.onaudio(bytes(data));
      return;
    }
    let reading;
    try {
      reading = readMessage(text(data));
    } catch (error) {
      if (!(error instanceof GarbageError)) throw error;
      return this.close(CloseCode.notJson, 'not json');
    }
    if (reading.kind === 'start') return this.close(CloseCode.refused, 'already started');
    if (reading.type !== 'ping' && reading.type !== 'ack') this.#count();
    if (reading.kind === 'bad') {
      this.send({ type: 'error', code: 'bad_message', message: reading.problem, fatal: false });
    } else if (reading.kind === 'message') {
      const { message } = reading;
      if (message.type === 'ping') this.#pong(message.t);
      else this.#handlers?.onmessage(message);
    }
  }

  #pong(t: number): void {
    this.#told = this.#received;
    this.send({ type: 'pong', t, received: this.#received });
  }

  /** `start`, `ping` and `ack` aside, every frame counts, whatever it says. */
  #count(): void {
    this.#received++;
    this.#cancelCount ??= this.#clock.after(COUNT_EVERY_MS, () => {
      this.#cancelCount = null;
      if (this.#told === this.#received) return;
      this.#told = this.#received;
      this.send({ type: 'ack', received: this.#received });
    });
  }

  #touch(): void {
    this.#cancelIdle();
    this.#cancelIdle = this.#closing ? () => {} : this.#clock.after(IDLE_MS, () => this.close(CloseCode.idle, 'idle'));
  }

  /** At once, without waiting for the other side to answer a close. */
  #tellClosed(byClient: boolean): void {
    const handlers = this.#handlers;
    this.#handlers = null;
    handlers?.onclose(byClient);
  }

  #ping(): void {
    this.#cancelPing = this.#clock.after(PING_EVERY_MS, () => {
      if (this.#socket.readyState === WebSocket.OPEN) this.#socket.ping();
      this.#ping();
    });
  }

  #stop(): void {
    this.#cancelStart();
    this.#cancelCount?.();
    this.#cancelIdle();
    this.#cancelPing();
  }
}

function byteLength(data: RawData): number {
  return Array.isArray(data) ? data.reduce((sum, part) => sum + part.byteLength, 0) : data.byteLength;
}

function bytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function text(data: RawData): string {
  return Buffer.from(bytes(data)).toString('utf8');
}
