/**
 * The assistant's voice from the downlink's messages to samples, and the account of what was heard of it. Pure: a
 * worklet or a fallback asks for sound, block by block, and that is its only clock.
 */

import type { DownlinkMessage, HeardReport } from '../protocol/media.ts';
import { HeardClock } from './heard-clock.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import { Meter } from './level.ts';
import type { PlayoutStats } from './ports.ts';

const REPORT_MS = 100;
/** A shorter gap within a turn is a hiccup, not silence. */
const GAP_MS = 250;

export interface PlayoutSink {
  /** The report is the sink's for this call only: the next one is written over it. */
  heard(report: HeardReport): void;
  /** What the visitor hears from now on: a turn, or none. */
  audible(turnId: string | null): void;
  /** 0..1, at most 20 times a second. */
  level(level: number): void;
  /** What the next call had better begin with, in ms, when a turn has taught better. */
  learnt(startMs: number): void;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export class Playout {
  /** From a sample's writing to its hearing. */
  latencyMs = 0;

  readonly #sampleRate: number;
  readonly #sink: PlayoutSink;
  readonly #heard = new HeardClock();
  readonly #buffer: JitterBuffer;
  readonly #meter: Meter;
  /** One for all, since reports are made where nothing may be allocated. */
  readonly #news: Writable<HeardReport> = { type: 'heard', turnId: '', turnMs: 0, playedMs: 0, done: false };
  #audible: string | null = null;
  #reportAt = 0;
  #reportedMs = 0;
  #learntMs: number;

  /** @param startMs what was learnt on an earlier call */
  constructor(sampleRate: number, sink: PlayoutSink, startMs?: number) {
    this.#sampleRate = sampleRate;
    this.#sink = sink;
    this.#buffer = new JitterBuffer(sampleRate, this.#heard, startMs);
    this.#learntMs = this.#buffer.learntMs;
    this.#meter = new Meter(sampleRate, (level) => sink.level(level));
  }

  /** Nothing sounds any more. */
  get silent(): boolean {
    return this.#buffer.silent;
  }

  get stats(): PlayoutStats {
    return { ...this.#buffer.stats, playedMs: this.#heard.playedMs, latencyMs: this.latencyMs };
  }

  receive(message: DownlinkMessage): void {
    switch (message.type) {
      case 'format':
        return this.#buffer.format(message.sampleRate);
      case 'turn_start':
        this.#buffer.start(message.turnId);
        return this.#learn();
      case 'frame':
        return this.#buffer.write(message.turnId, new Int16Array(message.pcm));
      case 'turn_end':
        this.#buffer.end(message.turnId);
        return this.#learn();
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

  /** Silent after one fade: the call is over, or another player goes on from where the last report says. */
  stop(): void {
    this.#listen();
    this.#heard.reach(this.#now());
    if (this.#heard.playedMs > this.#reportedMs) this.#report(this.#heard.turnId!, false);
    this.#buffer.clear('');
    this.#heard.cut(null);
  }

  #learn(): void {
    const { learntMs } = this.#buffer;
    if (learntMs === this.#learntMs) return;
    this.#learntMs = learntMs;
    this.#sink.learnt(learntMs);
  }

  #clear(turnId: string): void {
    this.#listen();
    this.#heard.reach(this.#now());
    const queued = this.#buffer.clear(turnId);
    // A turn known to nobody any more was before all that are on their way.
    this.#heard.cut(queued || this.#heard.knows(turnId) ? turnId : null);
    this.#report(turnId, true);
    this.#showAudible();
    this.#learn();
  }

  /** The output sample that is being heard. */
  #now(): number {
    return this.#buffer.clock - (this.latencyMs * this.#sampleRate) / 1000;
  }

  /** Tells what has been heard by now. */
  #listen(): void {
    const now = this.#now();
    while (this.#heard.advance(now)) {
      if (this.#heard.over) this.#report(this.#heard.turnId!, true);
    }
    const due = this.#buffer.clock >= this.#reportAt && this.#heard.playedMs > this.#reportedMs;
    if (due && !this.#heard.over) this.#report(this.#heard.turnId!, false);
    this.#showAudible();
  }

  #report(turnId: string, done: boolean): void {
    const news = this.#news;
    news.turnId = turnId;
    news.turnMs = this.#heard.turnId === turnId ? this.#heard.turnMs : 0;
    news.playedMs = this.#heard.playedMs;
    news.done = done;
    this.#reportAt = this.#buffer.clock + (REPORT_MS * this.#sampleRate) / 1000;
    this.#reportedMs = news.playedMs;
    this.#sink.heard(news);
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
