/** Stands in a sound graph, lets everything through and keeps it, with the time of each block. */

/** Longer than any page of the bench lives. */
const SECONDS = 30;
const BLOCK = 128;
/** -40 dB of the bench's tone. */
const QUIET = 0.005;

class Recorder extends AudioWorkletProcessor {
  readonly #samples = new Float32Array(Math.ceil((SECONDS * sampleRate) / BLOCK) * BLOCK);
  readonly #blocks = new Float64Array(this.#samples.length / BLOCK);
  #block = 0;
  #loudAt = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      if (data === 'quiet') {
        const quietMs = ((this.#block - this.#loudAt) * BLOCK * 1000) / sampleRate;
        this.port.postMessage(this.#loudAt === 0 ? Infinity : quietMs);
      } else {
        const samples = this.#samples.slice(0, this.#block * BLOCK);
        const blocks = this.#blocks.slice(0, this.#block);
        this.port.postMessage({ rate: sampleRate, samples, blocks }, [samples.buffer, blocks.buffer]);
      }
    };
  }

  override process(inputs: readonly Float32Array[][], outputs: readonly Float32Array[][]): boolean {
    const input = inputs[0] ?? [];
    for (const [channel, out] of (outputs[0] ?? []).entries()) out.set(input[channel] ?? input[0] ?? []);
    if (this.#block === this.#blocks.length) return true;
    const samples = input[0];
    if (samples) {
      this.#samples.set(samples, this.#block * BLOCK);
      for (const sample of samples) if (Math.abs(sample) >= QUIET) this.#loudAt = this.#block;
    }
    this.#blocks[this.#block] = Date.now();
    this.#block += 1;
    return true;
  }
}

registerProcessor('bench-recorder', Recorder);
