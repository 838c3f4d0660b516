/**
 * Changes the sample rate of a stream by any ratio of whole rates: a polyphase FIR low-pass (Kaiser window, 80 dB).
 *
 * Its phase and its history carry over from block to block, so that nothing drifts or clicks however the stream is
 * cut; a step through the blocks is counted in whole numbers and never rounds.
 */

/** Where the pass band ends, as a part of the lower rate: 7450 Hz at 16 kHz, so that aliases are gone from 8.6 kHz. */
const CUTOFF = 7450 / 16_000;
/** Length of the filter in samples of the lower rate: the shortest that is flat to 6.5 kHz and down 80 dB at 8.6. */
const LENGTH = 48;
/** Kaiser's shape for 80 dB. */
const BETA = 7.857;
/** The largest table with a row of taps for every phase: built in some milliseconds. */
const MAX_TAPS = 65_536;
/** Rows of the table of rates that would need a larger one; between them taps are interpolated, 84 dB down at worst. */
const INTERPOLATED_PHASES = 128;
/** Input is filtered in blocks of at most this many samples. */
const BLOCK = 1024;

export class Resampler {
  /** How far output lags behind input, in samples of the output. */
  readonly delay: number;
  /** How many silent samples after the last one bring out all that was put in. */
  readonly padding: number;

  readonly #up: number;
  readonly #down: number;
  readonly #phases: number;
  readonly #width: number;
  readonly #taps: Float32Array;
  /** The last `width` samples of what came before, then the block at hand. */
  readonly #line: Float32Array;
  /** The newest input sample that the next output needs, as an index into `line`; its fraction is `phase / up`. */
  #next: number;
  #phase = 0;

  constructor(from: number, to: number) {
    const divisor = greatestCommonDivisor(from, to);
    this.#up = to / divisor;
    this.#down = from / divisor;
    const same = from === to;
    // A multiple of 4: `#dot` takes four at a time.
    this.#width = same ? 4 : 4 * Math.ceil(((LENGTH / 4) * from) / Math.min(from, to));
    this.#phases = this.#up * this.#width > MAX_TAPS ? INTERPOLATED_PHASES : this.#up;
    this.#taps = same ? Float32Array.of(0, 0, 0, 1) : filter(this.#phases, this.#width, Math.min(1, to / from));
    this.#line = new Float32Array(this.#width + BLOCK);
    this.#next = this.#width;
    this.padding = same ? 0 : this.#width >> 1;
    this.delay = Math.round((this.padding * to) / from);
  }

  /** How many samples of output `count` more samples of input would give. */
  outputFor(count: number): number {
    return Math.max(0, Math.ceil(((this.#width + count - this.#next) * this.#up - this.#phase) / this.#down));
  }

  /** How many more samples of input it takes to give `count` samples of output. */
  inputFor(count: number): number {
    const last = this.#next + Math.floor((this.#phase + (count - 1) * this.#down) / this.#up);
    return count > 0 ? Math.max(0, last + 1 - this.#width) : 0;
  }

  /**
   * Takes the first `count` samples of `input` and writes what they give into `output` from `at` on; returns where it
   * stopped. An output too short for `outputFor(count)` is filled to its end, and what is left comes with the next
   * call: then `count` must have been no more than `inputFor` said.
   */
  process(input: Float32Array, count: number, output: Float32Array, at = 0): number {
    const line = this.#line;
    const width = this.#width;
    let done = 0;
    do {
      const n = Math.min(BLOCK, count - done);
      for (let i = 0; i < n; i++) line[width + i] = input[done + i]!;
      at = this.#filter(width + n, output, at);
      line.copyWithin(0, n, n + width);
      this.#next -= n;
      done += n;
    } while (done < count);
    return at;
  }

  /** Forgets what came before. */
  reset(): void {
    this.#line.fill(0);
    this.#next = this.#width;
    this.#phase = 0;
  }

  #filter(end: number, output: Float32Array, at: number): number {
    while (this.#next < end && at < output.length) {
      // A whole number where every phase has its row.
      const position = (this.#phase * this.#phases) / this.#up;
      const row = Math.floor(position);
      let sample = this.#dot(row);
      if (position > row) sample += (position - row) * (this.#dot(row + 1) - sample);
      output[at++] = sample;
      this.#phase += this.#down;
      this.#next += Math.floor(this.#phase / this.#up);
      this.#phase %= this.#up;
    }
    return at;
  }

  /** The newest samples up to `next` under a row of taps. Four sums side by side wait less for each other than one. */
  #dot(row: number): number {
    const line = this.#line;
    const taps = this.#taps;
    const width = this.#width;
    let at = this.#next - width + 1;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = row * width, end = i + width; i < end; i += 4, at += 4) {
      a += line[at]! * taps[i]!;
      b += line[at + 1]! * taps[i + 1]!;
      c += line[at + 2]! * taps[i + 2]!;
      d += line[at + 3]! * taps[i + 3]!;
    }
    return a + b + c + d;
  }
}

/**
 * One row of taps for each phase and one behind the last, oldest sample first, each row of unity gain. `scale` is the
 * lower rate over the input's.
 */
function filter(phases: number, width: number, scale: number): Float32Array {
  const taps = new Float32Array((phases + 1) * width);
  const cutoff = CUTOFF * scale;
  for (let phase = 0; phase <= phases; phase++) {
    const row = phase * width;
    let gain = 0;
    for (let i = 0; i < width; i++) {
      // Time between this sample and the output, in samples of the input, less the filter's delay.
      const t = width - 1 - i + phase / phases - (width >> 1);
      const x = (2 * t) / width;
      gain += taps[row + i] = sinc(2 * cutoff * t) * bessel(BETA * Math.sqrt(1 - x * x));
    }
    for (let i = 0; i < width; i++) taps[row + i]! /= gain;
  }
  return taps;
}

function sinc(x: number): number {
  return x ? Math.sin(Math.PI * x) / x : Math.PI;
}

/** The modified Bessel function of the first kind and order 0, by its series. */
function bessel(x: number): number {
  const square = (x * x) / 4;
  let sum = 1;
  for (let k = 1, term = 1; term > sum * 1e-9; k++) sum += term *= square / (k * k);
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
