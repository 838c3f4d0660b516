/** The visitor's voice as a telephone carries it: PCM16 at 16000 Hz in, mu-law at 8000 Hz out, frame by frame. */

import { HalfRate } from '../dsp/half-rate.ts';
import { encodeMuLaw } from '../dsp/mu-law.ts';

export class NarrowBand {
  readonly #half = new HalfRate();
  // Frames are of one length, so these are made once.
  #narrow = new Float32Array(0);
  #bytes = new Uint8Array(0);

  /** What it gives is overwritten by the next frame. */
  encode(pcm: ArrayBuffer): Uint8Array<ArrayBuffer> {
    const samples = new Int16Array(pcm);
    if (this.#narrow.length <= samples.length >> 1) this.#narrow = new Float32Array(samples.length);
    const count = this.#half.process(samples, this.#narrow);
    if (this.#bytes.length !== count) this.#bytes = new Uint8Array(count);
    return encodeMuLaw(this.#narrow, this.#bytes);
  }
}
