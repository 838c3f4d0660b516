/**
 * The assistant's voice between its uneven arrival and the loudspeaker's even pace: turns queue up, each starts once
 * enough of it is there, waits when it runs dry, and is dropped when told. Pure: samples in, samples out.
 */

import type { HeardClock } from './heard-clock.ts';
import { Resampler } from '../dsp/resampler.ts';
import { RingBuffer } from './ring-buffer.ts';

/** Buffered before a turn starts, and again after it ran dry: bridges the jitter of a good network. */
const START_MS = 60;
/** Of every beginning and end of sound, so that none clicks. */
const FADE_MS = 5;

interface Turn {
  readonly id: string;
  /** From the turn's own rate to the output's; there once a frame is. */
  resampler: Resampler | null;
  sampleRate: number;
  /** Samples in the ring. */
  buffered: number;
  /** Samples played. */
  played: number;
  /** Silent samples still to be put behind the last, to bring it through the filter. */
  padding: number;
  ended: boolean;
}

export class JitterBuffer {
  /** How often a turn ran dry before its end. */
  underruns = 0;

  readonly #outputRate: number;
  readonly #heard: HeardClock;
  readonly #startMs: number;
  readonly #fade: number;
  readonly #ring = new RingBuffer();
  readonly #turns: Turn[] = [];
  /** What still sounds after a clear, already faded. */
  readonly #tail: Float32Array;
  #tailAt: number;
  #input = new Float32Array(1024);
  #sampleRate = 0;
  #resampler: Resampler | null = null;
  #playing = false;
  #gain = 0;
  /** Samples of output so far. */
  #clock = 0;

  /** `heard` is told when what is written here will leave the output, were there no latency behind it. */
  constructor(outputRate: number, heard: HeardClock, { startMs = START_MS, fadeMs = FADE_MS } = {}) {
    this.#outputRate = outputRate;
    this.#heard = heard;
    this.#startMs = startMs;
    this.#fade = Math.round((outputRate * fadeMs) / 1000);
    this.#tail = new Float32Array(this.#fade);
    this.#tailAt = this.#fade;
  }

  /** Samples of output so far: the clock of `heard`. */
  get clock(): number {
    return this.#clock;
  }

  /** The rate of the frames of turns that have had none yet. A turn keeps the rate of its first frame. */
  format(sampleRate: number): void {
    if (sampleRate === this.#sampleRate) return;
    this.#sampleRate = sampleRate;
    this.#resampler = new Resampler(sampleRate, this.#outputRate);
  }

  /** A turn that was still open ends here: frames come in order, so it can get no more. */
  start(turnId: string): void {
    const before = this.#turns.at(-1);
    if (before) before.ended = true;
    this.#turns.push({
      id: turnId,
      resampler: null,
      sampleRate: this.#sampleRate,
      buffered: 0,
      played: 0,
      padding: 0,
      ended: false,
    });
  }

  /** Sound outside an open turn (of one that was cleared, say) is dropped. */
  write(turnId: string, pcm: Int16Array): void {
    const turn = this.#turns.at(-1);
    if (!turn || turn.id !== turnId || turn.ended || !this.#resampler) return;
    if (!turn.resampler) {
      turn.resampler = this.#resampler;
      turn.sampleRate = this.#sampleRate;
      turn.padding = turn.resampler.padding;
    }
    this.#ring.write(pcm);
    turn.buffered += pcm.length;
  }

  end(turnId: string): void {
    const turn = this.#turns.at(-1);
    if (turn?.id === turnId) turn.ended = true;
  }

  /**
   * Silent after one fade: drops this turn and every later one; a turn not in the queue was before all that are.
   * Returns whether it was in the queue.
   */
  clear(turnId: string): boolean {
    const index = this.#turns.findIndex((turn) => turn.id === turnId);
    if (index <= 0) this.#fadeOut();
    this.#turns.length = Math.max(0, index);
    this.#ring.truncate(this.#turns.reduce((sum, turn) => sum + turn.buffered, 0));
    return index >= 0;
  }

  /** Fills `out` with the next samples to be heard. Allocates nothing. */
  read(out: Float32Array): void {
    let at = 0;
    while (at < out.length && this.#tailAt < this.#fade) out[at++] = this.#tail[this.#tailAt++]!;
    while (at < out.length) {
      const turn = this.#turns[0];
      if (!turn || !this.#mayPlay(turn)) break;
      at = this.#play(turn, out, at);
    }
    out.fill(0, at);
    this.#clock += out.length;
  }

  #mayPlay(turn: Turn): boolean {
    this.#playing ||= turn.ended || turn.buffered * 1000 >= this.#startMs * turn.sampleRate;
    return this.#playing;
  }

  /** Plays as much of the turn as there is and as fits; where nothing is left, the turn is over or has run dry. */
  #play(turn: Turn, out: Float32Array, at: number): number {
    const { resampler } = turn;
    const left = resampler ? resampler.outputFor(turn.buffered + (turn.ended ? turn.padding : 0)) : 0;
    if (!resampler || left === 0) {
      this.#stop(turn, at);
      return at;
    }
    const count = Math.min(left, out.length - at);
    this.#pull(turn, resampler, count, out, at);
    // Rises at the fade's slope, and comes down so as to be silent when the samples run out, should no more arrive.
    for (let i = 0; i < count; i++) {
      this.#gain = Math.min(1, this.#gain + 1 / this.#fade, (left - i - 1) / this.#fade);
      out[at + i]! *= this.#gain;
    }
    const ms = (turn.played * 1000) / turn.sampleRate;
    this.#heard.mark(this.#clock + at + count + resampler.delay, turn.id, ms, false);
    return at + count;
  }

  #stop(turn: Turn, at: number): void {
    this.#playing = false;
    this.#gain = 0;
    if (turn.ended) {
      this.#heard.mark(this.#clock + at, turn.id, (turn.played * 1000) / (turn.sampleRate || 1), true);
      this.#turns.shift();
    } else {
      this.underruns++;
    }
  }

  /** Puts `count` samples of output into `out` at `at`, with silence behind the last of the turn. */
  #pull(turn: Turn, resampler: Resampler, count: number, out: Float32Array, at: number): void {
    const needed = resampler.inputFor(count);
    // Only the first block of a rate, or one longer than any before, gets here.
    if (this.#input.length < needed) this.#input = new Float32Array(needed);
    const taken = this.#ring.read(this.#input, Math.min(needed, turn.buffered));
    this.#input.fill(0, taken, needed);
    turn.buffered -= taken;
    turn.played += taken;
    turn.padding -= needed - taken;
    resampler.process(this.#input, needed, out, at);
  }

  #fadeOut(): void {
    const turn = this.#turns[0];
    if (turn?.resampler && this.#gain > 0) {
      this.#pull(turn, turn.resampler, this.#fade, this.#tail, 0);
      for (let i = 0; i < this.#fade; i++) {
        this.#gain = Math.max(0, this.#gain - 1 / this.#fade);
        this.#tail[i]! *= this.#gain;
      }
      this.#tailAt = 0;
    }
    turn?.resampler?.reset();
    this.#gain = 0;
    this.#playing = false;
  }
}
