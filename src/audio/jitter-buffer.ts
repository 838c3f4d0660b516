/**
 * The assistant's voice between its uneven arrival and the loudspeaker's even pace: turns queue up, each starts once
 * enough of it is there, slows down before it runs dry, bridges a short gap, waits in a long one, and is dropped when
 * told. Pure: samples in, samples out; its own output is its clock. docs/decisions/playout.md has the measurements.
 */

import { Resampler } from '../dsp/resampler.ts';
import type { HeardClock } from './heard-clock.ts';
import type { PlayoutStats } from './ports.ts';
import { RingBuffer } from './ring-buffer.ts';
import { StartThreshold } from './start-threshold.ts';
import { VoiceLine } from './voice-line.ts';

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
  /** Ran out of samples, and none has come since. */
  dry: boolean;
  ended: boolean;
}

export class JitterBuffer {
  /** How often a turn ran dry before its end. */
  underruns = 0;

  readonly #outputRate: number;
  readonly #heard: HeardClock;
  readonly #threshold: StartThreshold;
  readonly #fade: number;
  readonly #ring = new RingBuffer();
  readonly #voice = new VoiceLine(this.#ring);
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
  /** Samples of output that were silence or made up where a turn's sound should have been. */
  #stalled = 0;
  /** As `stalled`, of a gap that may yet turn out to be the turn's end. */
  #gap = 0;
  /** Made up or put in by turns before, in samples of the output. */
  #concealed = 0;
  #slowed = 0;

  /**
   * `heard` is told when what is written here will leave the output, were there no latency behind it.
   *
   * @param startMs the threshold learnt earlier; without, one for a good network
   */
  constructor(outputRate: number, heard: HeardClock, startMs?: number) {
    this.#outputRate = outputRate;
    this.#heard = heard;
    this.#threshold = new StartThreshold(startMs);
    this.#fade = Math.round((outputRate * FADE_MS) / 1000);
    this.#tail = new Float32Array(this.#fade);
    this.#tailAt = this.#fade;
  }

  /** Samples of output so far: the clock of `heard`. */
  get clock(): number {
    return this.#clock;
  }

  /** What the next call had better begin with, in ms: see `StartThreshold`. */
  get learntMs(): number {
    return this.#threshold.learntMs;
  }

  /** Nothing to be heard, nor on its way. */
  get silent(): boolean {
    return this.#turns.length === 0 && this.#tailAt === this.#fade;
  }

  get stats(): Omit<PlayoutStats, 'latencyMs' | 'playedMs'> {
    const turn = this.#turns[0];
    return {
      sampleRate: this.#outputRate,
      mediaRate: this.#sampleRate,
      jitterMs: this.#threshold.jitterMs,
      thresholdMs: this.#threshold.ms,
      bufferedMs: turn?.resampler ? (turn.buffered * 1000) / turn.sampleRate : 0,
      underruns: this.underruns,
      stalledMs: (this.#stalled * 1000) / this.#outputRate,
      concealedSamples: this.#concealed + this.#scaled(this.#voice.concealed),
      concealmentEvents: this.#voice.concealments,
      slowedSamples: this.#slowed + this.#scaled(this.#voice.slowed),
    };
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
    if (before) this.end(before.id);
    this.#turns.push({
      id: turnId,
      resampler: null,
      sampleRate: this.#sampleRate,
      buffered: 0,
      played: 0,
      padding: 0,
      dry: false,
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
    if (turn.dry) this.#ranDry(turn);
    this.#threshold.arrived((this.#clock * 1000) / this.#outputRate, (pcm.length * 1000) / turn.sampleRate);
    this.#ring.write(pcm);
    turn.buffered += pcm.length;
  }

  end(turnId: string): void {
    const turn = this.#turns.at(-1);
    if (turn?.id !== turnId || turn.ended) return;
    turn.ended = true;
    if (turn === this.#turns[0]) this.#voice.end();
    this.#threshold.turnOver();
  }

  /**
   * Silent after one fade: drops this turn and every later one; a turn not in the queue was before all that are.
   * Returns whether it was in the queue.
   */
  clear(turnId: string): boolean {
    const index = this.#turns.findIndex((turn) => turn.id === turnId);
    if (index <= 0) this.#fadeOut();
    if (this.#turns.at(-1)?.ended === false) this.#threshold.turnOver();
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
    if (this.#turns.length > 0 && this.#turns[0]!.played > 0) this.#gap += out.length - at;
    out.fill(0, at);
    this.#clock += out.length;
  }

  #mayPlay(turn: Turn): boolean {
    if (this.#playing) return true;
    const enoughMs = turn.played > 0 ? this.#threshold.resumeMs : this.#threshold.ms;
    if (!turn.ended && turn.buffered * 1000 < enoughMs * turn.sampleRate) return false;
    this.#playing = true;
    this.#endGap();
    if (turn.resampler) this.#beginLine(turn);
    return true;
  }

  /** It was one: sound goes on. */
  #endGap(): void {
    this.#stalled += this.#gap;
    this.#gap = 0;
  }

  /** The line begins anew, and what it counted at the last turn's rate is kept at the output's. */
  #beginLine(turn: Turn): void {
    this.#concealed += this.#scaled(this.#voice.concealed);
    this.#slowed += this.#scaled(this.#voice.slowed);
    this.#voice.start(turn.sampleRate);
    if (turn.ended) this.#voice.end();
  }

  #scaled(samples: number): number {
    return Math.round((samples * this.#outputRate) / this.#voice.sampleRate);
  }

  /** Plays as much of the turn as there is and as fits; where nothing is left, the turn is over or waits. */
  #play(turn: Turn, out: Float32Array, at: number): number {
    const { resampler } = turn;
    const left = resampler ? resampler.outputFor(this.#available(turn)) : 0;
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
    this.#heard.mark(this.#clock + at + count + resampler.delay, turn.id, turn.played, turn.sampleRate, false);
    return at + count;
  }

  #available(turn: Turn): number {
    return this.#voice.available(turn.buffered) + (turn.ended ? turn.padding : 0);
  }

  #stop(turn: Turn, at: number): void {
    this.#playing = false;
    this.#gain = 0;
    if (turn.ended) {
      this.#heard.mark(this.#clock + at, turn.id, turn.played, turn.sampleRate || 1, true);
      this.#turns.shift();
      this.#gap = 0;
    } else {
      turn.dry = true;
    }
  }

  /** What looked like it might be the turn's end was a gap. */
  #ranDry(turn: Turn): void {
    turn.dry = false;
    this.underruns++;
    if (this.#playing) this.#endGap();
    this.#threshold.ranDry();
  }

  /** Puts `count` samples of output into `out` at `at`, with silence behind the last of the turn. */
  #pull(turn: Turn, resampler: Resampler, count: number, out: Float32Array, at: number): void {
    const needed = resampler.inputFor(count);
    // Only the first block of a rate, or one longer than any before, gets here.
    if (this.#input.length < needed) this.#input = new Float32Array(needed);
    const voice = this.#voice;
    const bufferedMs = (turn.buffered * 1000) / turn.sampleRate;
    const made = voice.concealed;
    const given = Math.min(needed, voice.available(turn.buffered));
    const taken = voice.read(this.#input, given, turn.buffered, !turn.ended && bufferedMs < this.#threshold.lowMs);
    this.#input.fill(0, given, needed);
    turn.buffered -= taken;
    turn.played += taken;
    turn.padding -= needed - given;
    if (voice.concealed > made && !turn.ended) {
      turn.dry = true;
      this.#gap += this.#scaled(voice.concealed - made);
    }
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
    this.#gain = this.#gap = 0;
    this.#playing = false;
  }
}
