/**
 * Owns the WebSocket of a call, on either thread: opens it, says `start`, keeps the line alive and sorts what comes.
 * Sound goes straight between the socket and the two ports; everything else goes to the page.
 */

import { encode, GarbageError } from '../protocol/codec.ts';
import { readGatewayMessage } from '../protocol/gateway-messages.ts';
import type { UplinkFrame, UplinkSpent } from '../protocol/media.ts';
import {
  type AudioFormat,
  type AudioPair,
  type ClientMessage,
  CloseCode,
  END_WAIT_MS,
  type GatewayMessage,
  IDLE_MS,
  PING_EVERY_MS,
} from '../protocol/messages.ts';
import { Downlink } from './downlink.ts';
import {
  type Closed,
  type GatewayStats,
  NOT_READY,
  type SocketHandlers,
  type SocketOptions,
  type SoundPorts,
} from './ports.ts';
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
  #microphone: MessagePort | null = null;
  #audio: AudioPair | null = null;
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
    this.#uplink = new Uplink({
      put: (data) => this.#put(data),
      spent: (pcm) => this.#microphone?.postMessage({ type: 'spent', pcm } satisfies UplinkSpent, [pcm]),
    });
    this.#downlink = new Downlink(options.downlink, (message) => {
      if (message.type === 'interrupt') this.send(message);
      else if (this.#ready) this.#put(encode(message));
    });
    this.#listen(options.uplink);
    this.#readyTimer = setTimeout(() => this.#lose(NOT_READY), READY_WITHIN_MS);
    this.#open();
  }

  /** At once; the last ones where the socket is over. */
  getStats(): Promise<GatewayStats> {
    const { sentFrames, droppedFrames, backlogMs } = this.#uplink;
    return Promise.resolve({
      sentFrames,
      droppedFrames,
      rttMs: this.#rttMs,
      backlogMs,
      receivedMs: this.#downlink.receivedMs,
      up: this.#audio?.up ?? null,
      down: this.#audio?.down ?? null,
      bufferedAmount: this.#socket?.bufferedAmount ?? 0,
    });
  }

  /** The sound goes these ways from now on; the old ones are closed. */
  connect({ uplink, downlink }: SoundPorts): void {
    if (this.#over || this.#ending) {
      uplink?.close();
      downlink?.close();
      return;
    }
    this.#microphone?.close();
    this.#listen(uplink);
    this.#downlink.connect(downlink);
  }

  /** The visitor wants to hear no more of what is being said, or is about to be. */
  interrupt(): void {
    if (!this.#over && !this.#ending) this.#downlink.interrupt();
  }

  /** Before `ready` it waits for it, in order with what was said. */
  send(message: ClientMessage): void {
    if (!this.#over && !this.#ending) this.#uplink.message(message);
  }

  /** Hangs up, and resolves when the gateway has closed, or has had its time to. Safe twice. */
  end(reason: string): Promise<void> {
    if (this.#over || this.#ending) return this.gone;
    this.#ending = true;
    this.#microphone?.close();
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

  #listen(uplink: MessagePort | null): void {
    this.#microphone = uplink;
    if (uplink) uplink.onmessage = ({ data }: { data: UplinkFrame }) => this.#hear(data);
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
      if (message?.type === 'ready' && message.audio) this.#checkAudio(message.audio);
    } catch (error) {
      return this.#finish(CloseCode.garbage, error instanceof GarbageError ? error.message : 'garbage');
    }
    if (message?.type === 'pong') this.#rttMs = Math.max(0, performance.now() - message.t);
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
        this.#agree(message.audio);
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

  /** The call is live, in writing where there is no `audio`. */
  #agree(audio: AudioPair | null): void {
    this.#audio = audio;
    // A call that turns to voice later uses the first formats that were offered: no second `ready` comes.
    const { up, down } = this.#options.start.audio;
    const format = audio?.down ?? down[0];
    if (format) this.#downlink.format(format);
    this.#pingTimer = setInterval(() => this.#ping(), PING_EVERY_MS);
    this.#ask();
    if (!this.#ending) this.#uplink.ready((audio?.up ?? up[0])?.encoding === 'pcm_mulaw');
  }

  /** @throws GarbageError where something else was chosen than what was offered */
  #checkAudio({ up, down }: AudioPair): void {
    const { audio } = this.#options.start;
    if (!includes(audio.up, up) || !includes(audio.down, down)) {
      throw new GarbageError('ready chose audio that was not offered');
    }
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

  #put(data: string | ArrayBuffer | Uint8Array<ArrayBuffer>): void {
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
    this.#handlers.onclose(closed);
  }

  #release(code: number, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    for (const timer of [this.#readyTimer, this.#retryTimer, this.#endTimer]) clearTimeout(timer);
    clearInterval(this.#pingTimer);
    this.#downlink.close();
    this.#microphone?.close();
    const socket = this.#socket;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      // Of a socket that is closed already this is none of its business.
      socket.close(code, code === CloseCode.normal ? '' : reason);
    }
    this.#settle();
  }
}

function includes(offered: readonly AudioFormat[], { encoding, sample_rate, channels }: AudioFormat): boolean {
  return offered.some(
    (format) => format.encoding === encoding && format.sample_rate === sample_rate && format.channels === channels,
  );
}
