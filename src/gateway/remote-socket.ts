/** The page's handle on a socket that lives in a worker: same calls, same answers as `Socket`. */

import { type ClientMessage, CloseCode } from '../protocol/messages.ts';
import type { Closed, FromWorker, GatewayStats, SocketHandlers, SocketOptions, SoundPorts, ToWorker } from './ports.ts';

/** How long the worker may take to answer how it is. */
const STATS_WITHIN_MS = 500;

export class RemoteSocket {
  /** Settles when the worker is let go. */
  readonly gone: Promise<void>;

  readonly #worker: Worker;
  readonly #handlers: SocketHandlers;
  #ready = false;
  #over = false;
  #stats: GatewayStats = {
    sentFrames: 0,
    droppedFrames: 0,
    rttMs: null,
    backlogMs: 0,
    receivedMs: 0,
    up: null,
    down: null,
    bufferedAmount: 0,
  };
  /** Whoever waits for `stats`. */
  readonly #curious = new Set<() => void>();
  #settle!: () => void;

  /** @param worker one that has said hello; this one's from here on */
  constructor(worker: Worker, { url, start, uplink, downlink }: SocketOptions, handlers: SocketHandlers) {
    this.#worker = worker;
    this.#handlers = handlers;
    this.gone = new Promise((resolve) => (this.#settle = resolve));
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#finish({ code: CloseCode.abnormal, reason: 'worker failed', opened: this.#ready, ready: this.#ready });
    };
    this.#post({ type: 'open', url, start, uplink, downlink }, portsOf({ uplink, downlink }));
  }

  /** The last known where the socket is over, or the worker too busy to answer. */
  async getStats(): Promise<GatewayStats> {
    if (!this.#over) {
      await new Promise<void>((resolve) => {
        this.#curious.add(resolve);
        setTimeout(resolve, STATS_WITHIN_MS);
        this.#post({ type: 'stats' });
      });
    }
    return this.#stats;
  }

  /** The sound goes these ways from now on; the old ones are closed. */
  connect({ uplink, downlink }: SoundPorts): void {
    const ports = portsOf({ uplink, downlink });
    if (this.#over) for (const port of ports) port.close();
    this.#post({ type: 'connect', uplink, downlink }, ports);
  }

  /** The visitor wants to hear no more of what is being said, or is about to be. */
  interrupt(): void {
    this.#post({ type: 'interrupt' });
  }

  send(message: ClientMessage): void {
    this.#post({ type: 'send', message });
  }

  /** Hangs up, and resolves when the gateway has closed, or has had its time to. Safe twice. */
  end(reason: string): Promise<void> {
    this.#post({ type: 'end', reason });
    return this.gone;
  }

  /** At once, and without a word to the handlers. Safe twice. */
  close(): void {
    // The worker closes itself behind its socket: terminated from here it would not say goodbye.
    this.#post({ type: 'close' });
    this.#leave();
  }

  #receive(data: FromWorker): void {
    switch (data.type) {
      case 'message':
        if (data.message.type === 'ready') this.#ready = true;
        return this.#handlers.onmessage(data.message);
      case 'stats':
        this.#stats = data.stats;
        return this.#satisfy();
      case 'closed':
        return this.#finish(data.closed);
    }
  }

  #finish(closed: Closed): void {
    if (this.#over) return;
    this.#leave();
    this.#worker.terminate();
    this.#handlers.onclose(closed);
  }

  #leave(): void {
    this.#over = true;
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#satisfy();
    this.#settle();
  }

  #satisfy(): void {
    for (const answer of this.#curious) answer();
    this.#curious.clear();
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    if (!this.#over) this.#worker.postMessage(message, transfer);
  }
}

const portsOf = ({ uplink, downlink }: SoundPorts): MessagePort[] => [uplink, downlink].filter((port) => port !== null);
