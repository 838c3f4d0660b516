/** The page's handle on a socket that lives in a worker: same calls, same answers as `Socket`. */

import { type ClientMessage, CloseCode } from '../protocol/messages.ts';
import type { Closed, FromWorker, GatewayStats, SocketHandlers, SocketOptions, ToWorker } from './ports.ts';

export class RemoteSocket {
  /** Settles when the worker is let go. */
  readonly gone: Promise<void>;
  stats: GatewayStats = { sentFrames: 0, droppedFrames: 0, rttMs: null };

  readonly #worker: Worker;
  readonly #handlers: SocketHandlers;
  #ready = false;
  #over = false;
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
    const ports = [uplink, downlink].filter((port) => port !== null);
    this.#post({ type: 'open', url, start, uplink, downlink }, ports);
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
        this.stats = data.stats;
        return this.#handlers.onstats?.(data.stats);
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
    this.#settle();
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    if (!this.#over) this.#worker.postMessage(message, transfer);
  }
}
