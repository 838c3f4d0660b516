/**
 * The assistant's voice from the downlink's messages to samples, and the account of what was heard of it. Pure: a
 * worklet or a fallback asks for sound, block by block, and that is its only clock.
 */

import type { DownlinkMessage, HeardReport } from '../protocol/media.ts';
import { HeardClock } from './heard-clock.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import { Meter } from './level.ts';

const REPORT_MS = 100;
/** A shorter gap within a turn is a hiccup, not silence. */
const GAP_MS = 250;

export interface PlayoutSink {
  heard(report: HeardReport): void;
  /** What the visitor hears from now on: a turn, or none. */
  audible(turnId: string | null): void;
  /** 0..1, at most 20 times a second. */
  level(level: number): void;
}

export class Playout {
  /** From a sample's writing to its hearing. */
  latencyMs = 0;

  readonly #sampleRate: number;
  readonly #sink: PlayoutSink;
  readonly #heard = new HeardClock();
  readonly #buffer: JitterBuffer;
  readonly #meter: Meter;
  #audible: string | null = null;
  #reportAt = 0;
  #reportedMs = 0;

  constructor(sampleRate: number, sink: PlayoutSink) {
    this.#sampleRate = sampleRate;
    this.#sink = sink;
    this.#buffer = new JitterBuffer(sampleRate, this.#heard);
    this.#meter = new Meter(sampleRate, (level) => sink.level(level));
  }

  receive(message: DownlinkMessage): void {
    switch (message.type) {
      case 'format':
        return this.#buffer.format(message.sampleRate);
      case 'turn_start':
        return this.#buffer.start(message.turnId);
      case 'frame':
        return this.#buffer.write(message.turnId, new Int16Array(message.pcm));
      case 'turn_end':
        return this.#buffer.end(message.turnId);
      case 'clear':
        return this.#clear(message.turnId);
    }
  }

  /** Fills `out` with what is to be heard next. */
  render(out: Float32Array): void {
    this.#buffer.read(out);
    this.#meter.write(out);
    this.#listen();
  }

  #clear(turnId: string): void {
    this.#listen();
    const queued = this.#buffer.clear(turnId);
    // A turn known to nobody any more was before all that are on their way.
    this.#heard.cut(queued || this.#heard.knows(turnId) ? turnId : null);
    this.#report(turnId, true);
    this.#showAudible();
  }

  /** Tells what has been heard by now. */
  #listen(): void {
    const now = this.#buffer.clock - (this.latencyMs * this.#sampleRate) / 1000;
    while (this.#heard.advance(now)) {
      if (this.#heard.over) this.#report(this.#heard.turnId!, true);
    }
    const due = this.#buffer.clock >= this.#reportAt && this.#heard.playedMs > this.#reportedMs;
    if (due && !this.#heard.over) this.#report(this.#heard.turnId!, false);
    this.#showAudible();
  }

  #report(turnId: string, done: boolean): void {
    const { playedMs } = this.#heard;
    const turnMs = this.#heard.turnId === turnId ? this.#heard.turnMs : 0;
    this.#reportAt = this.#buffer.clock + (REPORT_MS * this.#sampleRate) / 1000;
    this.#reportedMs = playedMs;
    this.#sink.heard({ type: 'heard', turnId, turnMs, playedMs, done });
  }

  #showAudible(): void {
    const { over, turnId, movedAt } = this.#heard;
    const sinceMs = ((this.#buffer.clock - movedAt) * 1000) / this.#sampleRate - this.latencyMs;
    const audible = over || sinceMs > GAP_MS ? null : turnId;
    if (audible === this.#audible) return;
    this.#audible = audible;
    this.#sink.audible(audible);
  }
}
