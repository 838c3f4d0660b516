/** Joins `Playout` to its ports: the same for the worklet and for the fallback on the page's thread. */

import type { DownlinkMessage } from '../protocol/media.ts';
import { Playout } from './playout.ts';
import type { FromPlayout, ToPlayout } from './ports.ts';

export class PlayoutProcessor {
  /** Let go: there is nothing more to do. */
  closed = false;

  readonly #playout: Playout;
  readonly #extraLatencyMs: number;
  #downlink: MessagePort | null = null;

  /** `control` is the port to the page; `extraLatencyMs` is what the caller's own buffers add to the output's. */
  constructor(sampleRate: number, control: MessagePort, extraLatencyMs = 0) {
    const post = (message: FromPlayout): void => control.postMessage(message);
    this.#playout = new Playout(sampleRate, {
      heard: (report) => this.#downlink?.postMessage(report),
      audible: (turnId) => post({ type: 'audible', turnId }),
      level: (level) => post({ type: 'level', level }),
    });
    this.#extraLatencyMs = extraLatencyMs;
    this.#playout.latencyMs = extraLatencyMs;
    control.onmessage = ({ data }: MessageEvent) => this.#receive(data as ToPlayout);
  }

  render(out: Float32Array): void {
    this.#playout.render(out);
  }

  #receive(message: ToPlayout): void {
    switch (message.type) {
      case 'port':
        this.#downlink = message.port;
        message.port.onmessage = ({ data }: MessageEvent) => this.#playout.receive(data as DownlinkMessage);
        return;
      case 'latency':
        this.#playout.latencyMs = message.latencyMs + this.#extraLatencyMs;
        return;
      case 'close':
        this.closed = true;
        this.#downlink?.close();
        this.#downlink = null;
    }
  }
}
