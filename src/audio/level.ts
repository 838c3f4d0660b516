/** How loud sound is, as a number that looks right on a meter. */

const QUIETEST_DB = -60;
const LOUDEST_DB = -10;

/** Root mean square of a signal in -1..1 to 0..1, even steps of loudness: 0 at -60 dB and below, 1 from -10 dB up. */
export function perceptual(rms: number): number {
  const db = 20 * Math.log10(Math.max(rms, 1e-6));
  return Math.min(1, Math.max(0, (db - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)));
}

/** Levels of a stream, one for every `1 / perSecond` of it, timed by its own samples. */
export class Meter {
  readonly #window: number;
  readonly #onLevel: (level: number) => void;
  #squares = 0;
  #count = 0;
  #last = 0;

  /** `onLevel` is spared levels of silence after the first. */
  constructor(sampleRate: number, onLevel: (level: number) => void, perSecond = 20) {
    this.#window = Math.ceil(sampleRate / perSecond);
    this.#onLevel = onLevel;
  }

  write(samples: Float32Array): void {
    for (let i = 0; i < samples.length; i++) this.#squares += samples[i]! ** 2;
    this.#count += samples.length;
    if (this.#count < this.#window) return;
    this.#report(perceptual(Math.sqrt(this.#squares / this.#count)));
  }

  /** Falls silent at once. */
  reset(): void {
    this.#report(0);
  }

  #report(level: number): void {
    this.#squares = 0;
    this.#count = 0;
    if (level > 0 || this.#last > 0) this.#onLevel(level);
    this.#last = level;
  }
}
