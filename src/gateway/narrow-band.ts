/** The visitor's voice as a telephone carries it: PCM16 at 16000 Hz in, mu-law at 8000 Hz out, frame by frame. */

import { encodeMuLaw } from '../dsp/mu-law.ts';
import { Resampler } from '../dsp/resampler.ts';

export class NarrowBand {
  readonly #resampler = new Resampler(16_000, 8_000);
  // Frames are of one length, so these are made once.
  #wide = new Float32Array(0);
  #narrow = new Float32Array(0);
  #bytes = new Uint8Array(0);

  /** What it gives is overwritten by the next frame. */
  encode(pcm: ArrayBuffer): Uint8Array<ArrayBuffer> {
    const samples = new Int16Array(pcm);
    const count = this.#resampler.outputFor(samples.length);
    if (this.#wide.length < samples.length) this.#wide = new Float32Array(samples.length);
    if (this.#bytes.length !== count) {
      this.#narrow = new Float32Array(count);
      this.#bytes = new Uint8Array(count);
    }
    this.#wide.set(samples);
    this.#resampler.process(this.#wide, samples.length, this.#narrow);
    return encodeMuLaw(this.#narrow, this.#bytes);
  }
}
