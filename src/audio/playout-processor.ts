/** Joins `Playout` to its ports: the same for the worklet and for the fallback on the page's thread. */

import type { DownlinkMessage } from '../protocol/media.ts';
import { Playout } from './playout.ts';
import type { FromPlayout, ToPlayout } from './ports.ts';

export class PlayoutProcessor {
  /** Let go, and faded: there is nothing more to do. */
  closed = false;

  readonly #playout: Playout;
  readonly #extraLatencyMs: number;
  /** Messages are copied as they are posted: one of each kind will do, and nothing is allocated. */
  readonly #level = { type: 'level', level: 0 } as const as { type: 'level'; level: number };
  #downlink: MessagePort | null = null;
  #closing = false;

  /**
   * @param control the port to the page
   * @param startMs what was learnt on an earlier call, in ms
   * @param extraLatencyMs what the caller's own buffers add to the output's
   */
  constructor(sampleRate: number, control: MessagePort, startMs?: number, extraLatencyMs = 0) {
    const post = (message: FromPlayout): void => control.postMessage(message);
    this.#playout = new Playout(
      sampleRate,
      {
        heard: (report) => this.#downlink?.postMessage(report),
        audible: (turnId) => post({ type: 'audible', turnId }),
        level: (level) => {
          this.#level.level = level;
          post(this.#level);
        },
        learnt: (startMs) => post({ type: 'learnt', startMs }),
      },
      startMs,
    );
    this.#extraLatencyMs = extraLatencyMs;
    this.#playout.latencyMs = extraLatencyMs;
    control.onmessage = ({ data }: { data: ToPlayout }) => this.#receive(data, post);
  }

  render(out: Float32Array): void {
    this.#playout.render(out);
    this.closed = this.#closing && this.#playout.silent;
  }

  #receive(message: ToPlayout, post: (message: FromPlayout) => void): void {
    switch (message.type) {
      case 'port':
        this.#downlink?.close();
        this.#downlink = message.port;
        message.port.onmessage = ({ data }: { data: DownlinkMessage }) => this.#playout.receive(data);
        return;
      case 'latency':
        this.#playout.latencyMs = message.latencyMs + this.#extraLatencyMs;
        return;
      case 'stats':
        return post({ type: 'stats', stats: this.#playout.stats });
      case 'close':
        this.#closing = true;
        this.#playout.stop();
        this.#downlink?.close();
        this.#downlink = null;
    }
  }
}
