/**
 * Owns the WebSocket of a call, on either thread: opens it, says `start`, keeps the line alive and sorts what comes.
 * Sound goes straight between the socket and the two ports; everything else goes to the page.
 */

import { encode, GarbageError } from '../protocol/codec.ts';
import { readGatewayMessage } from '../protocol/gateway-messages.ts';
import type { UplinkFrame } from '../protocol/media.ts';
import {
  type AudioPair,
  type ClientMessage,
  CloseCode,
  END_WAIT_MS,
  type GatewayMessage,
  IDLE_MS,
  PING_EVERY_MS,
} from '../protocol/messages.ts';
import { Downlink } from './downlink.ts';
import { type Closed, type GatewayStats, NOT_READY, type SocketHandlers, type SocketOptions } from './ports.ts';
import { Uplink } from './uplink.ts';

/** From the first attempt to `ready`, both attempts together. */
export const READY_WITHIN_MS = 10_000;
/** Before the second attempt, and as much again at random: whatever broke one line broke many. */
export const RETRY_AFTER_MS = 300;
/** With this much sound unacknowledged the gateway is asked what it has, without waiting for the next ping. */
const ASK_AFTER_MS = 1_000;

const WORTH_A_RETRY: ReadonlySet<number> = new Set([
  CloseCode.idle,
  CloseCode.abnormal,
  CloseCode.internal,
  CloseCode.restart,
]);

type Timer = ReturnType<typeof setTimeout> | undefined;

export class Socket {
  /** Settles when nothing is held any more. */
  readonly gone: Promise<void>;

  readonly #options: SocketOptions;
  readonly #handlers: SocketHandlers;
  readonly #uplink: Uplink;
  readonly #downlink: Downlink;
  #socket: WebSocket | null = null;
  #tries = 0;
  #opened = false;
  #ready = false;
  #ending = false;
  #over = false;
  /** Frames received on the call, as resuming counts them. */
  #received = 0;
  /** By `performance.now()`; null when something has come since. */
  #askedAt: number | null = null;
  #rttMs: number | null = null;
  #readyTimer: Timer;
  #retryTimer: Timer;
  #endTimer: Timer;
  #pingTimer: Timer;
  #settle!: () => void;

  constructor(options: SocketOptions, handlers: SocketHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.gone = new Promise((resolve) => (this.#settle = resolve));
    this.#uplink = new Uplink((data) => this.#put(data));
    this.#downlink = new Downlink(options.downlink, (message) => {
      if (this.#ready) this.#put(encode(message));
    });
    const { uplink } = options;
    if (uplink) uplink.onmessage = ({ data }: { data: UplinkFrame }) => this.#hear(data);
    this.#readyTimer = setTimeout(() => this.#lose(NOT_READY), READY_WITHIN_MS);
    this.#open();
  }

  get stats(): GatewayStats {
    const { sentFrames, droppedFrames } = this.#uplink;
    return { sentFrames, droppedFrames, rttMs: this.#rttMs };
  }

  /** Before `ready` it waits for it, in order with what was said. */
  send(message: ClientMessage): void {
    if (!this.#over && !this.#ending) this.#uplink.message(message);
  }

  /** Hangs up, and resolves when the gateway has closed, or has had its time to. Safe twice. */
  end(reason: string): Promise<void> {
    if (this.#over || this.#ending) return this.gone;
    this.#ending = true;
    this.#options.uplink?.close();
    if (this.#socket?.readyState === 1) {
      this.#put(encode({ type: 'end', reason }));
      this.#endTimer = setTimeout(() => this.#finish(CloseCode.normal, ''), END_WAIT_MS);
    } else {
      this.#finish(CloseCode.normal, '');
    }
    return this.gone;
  }

  /** At once, and without a word to the handlers. Safe twice. */
  close(): void {
    this.#release(CloseCode.normal, '');
  }

  #open(): void {
    this.#tries++;
    let socket: WebSocket;
    try {
      socket = new WebSocket(this.#options.url);
    } catch (error) {
      // No address of a socket, or one that this page may not open: the caller has its handle before it hears of it.
      queueMicrotask(() => this.#lose(error instanceof Error ? error.name : ''));
      return;
    }
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.#opened = true;
      this.#put(encode(this.#options.start));
    };
    socket.onmessage = ({ data }: { data: string | ArrayBuffer }) => this.#receive(data);
    socket.onclose = ({ code, reason }) => this.#closed(code, reason);
  }

  #closed(code: number, reason: string): void {
    const again = !this.#ready && !this.#ending && this.#tries === 1 && WORTH_A_RETRY.has(code);
    if (!again) return this.#finish(code, reason);
    this.#retryTimer = setTimeout(() => this.#open(), RETRY_AFTER_MS * (1 + Math.random()));
  }

  #receive(data: string | ArrayBuffer): void {
    this.#askedAt = null;
    if (typeof data !== 'string') {
      this.#received++;
      return this.#downlink.frame(data);
    }
    let message: GatewayMessage | null;
    try {
      message = readGatewayMessage(data);
      if (message?.type === 'ready' && message.audio) checkAudio(message.audio);
    } catch (error) {
      return this.#finish(CloseCode.garbage, error instanceof GarbageError ? error.message : 'garbage');
    }
    if (message?.type === 'pong') {
      this.#rttMs = Math.max(0, performance.now() - message.t);
      this.#handlers.onstats?.(this.stats);
    }
    if (message?.type === 'pong' || message?.type === 'ack') return this.#uplink.acknowledge(message.received);
    if (message?.type !== 'ready') this.#received++;
    if (message) this.#heed(message);
  }

  #heed(message: GatewayMessage): void {
    switch (message.type) {
      case 'ready':
        if (this.#ready) return;
        this.#ready = true;
        clearTimeout(this.#readyTimer);
        this.#pingTimer = setInterval(() => this.#ping(), PING_EVERY_MS);
        if (message.audio) this.#downlink.format(message.audio.down.sample_rate);
        if (!this.#ending) this.#uplink.ready();
        break;
      case 'turn_start':
        this.#downlink.turnStart(message.turn_id);
        break;
      case 'turn_end':
        this.#downlink.turnEnd(message.turn_id);
        break;
      case 'clear':
        this.#downlink.clear(message.turn_id);
        break;
    }
    this.#handlers.onmessage(message);
  }

  #hear({ type, pcm }: UplinkFrame): void {
    if (this.#over || this.#ending || type !== 'frame' || !(pcm instanceof ArrayBuffer)) return;
    this.#uplink.frame(pcm);
    if (this.#uplink.underWayMs > ASK_AFTER_MS && this.#askedAt === null) this.#ask();
  }

  #ping(): void {
    if (this.#askedAt !== null && performance.now() - this.#askedAt >= IDLE_MS) this.#lose('idle');
    else this.#ask();
  }

  #ask(): void {
    const t = performance.now();
    this.#askedAt ??= t;
    this.#put(encode({ type: 'ping', t, received: this.#received }));
  }

  #put(data: string | ArrayBuffer): void {
    if (this.#socket?.readyState === 1) this.#socket.send(data);
  }

  /** A browser can't send what it reports of a broken line. */
  #lose(reason: string): void {
    this.#finish(CloseCode.abnormal, reason);
  }

  #finish(code: number, reason: string): void {
    if (this.#over) return;
    const closed: Closed = { code, reason, opened: this.#opened, ready: this.#ready };
    this.#release(code === CloseCode.garbage ? code : CloseCode.normal, reason);
    this.#handlers.onstats?.(this.stats);
    this.#handlers.onclose(closed);
  }

  #release(code: number, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    for (const timer of [this.#readyTimer, this.#retryTimer, this.#endTimer]) clearTimeout(timer);
    clearInterval(this.#pingTimer);
    this.#downlink.close();
    this.#options.uplink?.close();
    const socket = this.#socket;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      // Of a socket that is closed already this is none of its business.
      socket.close(code, code === CloseCode.normal ? '' : reason);
    }
    this.#settle();
  }
}

/** @throws GarbageError where something else was chosen than what was offered */
function checkAudio({ up, down }: AudioPair): void {
  const spoken = up.encoding === 'pcm_s16le' && up.sample_rate === 16_000 && down.encoding === 'pcm_s16le';
  if (!spoken || down.sample_rate < 8_000) throw new GarbageError('ready chose audio that was not offered');
}
