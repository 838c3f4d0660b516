/** Changes the sample rate of a stream, carrying its phase from chunk to chunk: a polyphase windowed-sinc filter. */

/** Zero crossings on either side: -80 dB beyond the transition band together with this Kaiser beta. */
const ZERO_CROSSINGS = 24;
const KAISER_BETA = 8;
/** Share of the narrower band that is kept; the rest is the filter's slope. */
const PASSBAND = 0.94;

export class RateConverter {
  #up: number;
  #down: number;
  /** Input samples that an output depends on, on either side. */
  #reach: number;
  /** One set of taps for each position of an output between two inputs. */
  #phases: readonly Float64Array[];
  #input: Float64Array;
  /** Of the next output, within `#input`, and in `#up`ths of a sample. */
  #index: number;
  #phase = 0;

  /** Samples a second, both whole numbers. */
  constructor(fromRate: number, toRate: number) {
    const common = gcd(fromRate, toRate);
    this.#up = toRate / common;
    this.#down = fromRate / common;
    const band = Math.min(1, toRate / fromRate) * PASSBAND;
    this.#reach = Math.ceil(ZERO_CROSSINGS / band);
    this.#phases = fromRate === toRate ? [] : phases(this.#up, this.#reach, band);
    this.#input = new Float64Array(this.#reach);
    this.#index = this.#reach;
  }

  /** What can be said of the output so far; it lags by the filter's reach until `end`. */
  push(samples: Int16Array): Int16Array {
    if (this.#phases.length === 0) return samples;
    const input = new Float64Array(this.#input.length + samples.length);
    input.set(this.#input);
    input.set(samples, this.#input.length);
    const ready = input.length - this.#reach - this.#index;
    const output = new Int16Array(Math.max(0, Math.ceil((ready * this.#up - this.#phase) / this.#down)));
    for (let at = 0; at < output.length; at++) {
      const taps = this.#phases[this.#phase]!;
      const first = this.#index - this.#reach + 1;
      let sum = 0;
      for (let tap = 0; tap < taps.length; tap++) sum += input[first + tap]! * taps[tap]!;
      output[at] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
      const next = this.#phase + this.#down;
      this.#index += Math.floor(next / this.#up);
      this.#phase = next % this.#up;
    }
    const keep = Math.max(0, this.#index - this.#reach);
    this.#input = input.slice(keep);
    this.#index -= keep;
    return output;
  }

  /** The tail. The converter is spent then. */
  end(): Int16Array {
    return this.#phases.length === 0 ? new Int16Array(0) : this.push(new Int16Array(this.#reach));
  }
}

function phases(up: number, reach: number, band: number): Float64Array[] {
  return Array.from({ length: up }, (_, phase) => {
    const taps = Float64Array.from({ length: 2 * reach }, (_, tap) => {
      const x = tap - reach + 1 - phase / up;
      return band * sinc(band * x) * kaiser(x / (reach + 1));
    });
    // Each phase passes a constant unchanged, or the phases would whistle against each other.
    const sum = taps.reduce((total, tap) => total + tap, 0);
    return taps.map((tap) => tap / sum);
  });
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel(KAISER_BETA);
}

/** The modified Bessel function I0, by its series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
