/** A queue of PCM16 samples that keeps its memory: it grows when it must, and reading allocates nothing. */
export class RingBuffer {
  #samples: Int16Array;
  #first = 0;
  #length = 0;

  constructor(capacity = 1 << 15) {
    this.#samples = new Int16Array(capacity);
  }

  /** Samples waiting to be read. */
  get length(): number {
    return this.#length;
  }

  write(samples: Int16Array): void {
    if (this.#length + samples.length > this.#samples.length) this.#grow(this.#length + samples.length);
    const size = this.#samples.length;
    const start = (this.#first + this.#length) % size;
    const fits = Math.min(samples.length, size - start);
    this.#samples.set(samples.subarray(0, fits), start);
    this.#samples.set(samples.subarray(fits), 0);
    this.#length += samples.length;
  }

  /** Moves up to `count` samples into `out` from `at` on, as -1..1; returns how many there were. */
  read(out: Float32Array, count: number, at = 0): number {
    const taken = this.peek(out, count, at);
    this.#first = (this.#first + taken) % this.#samples.length;
    this.#length -= taken;
    return taken;
  }

  /** As `read`, and they stay. */
  peek(out: Float32Array, count: number, at = 0): number {
    const size = this.#samples.length;
    const there = Math.min(count, this.#length);
    for (let i = 0, from = this.#first; i < there; i++) {
      out[at + i] = this.#samples[from]! / 0x8000;
      if (++from === size) from = 0;
    }
    return there;
  }

  /** Keeps the oldest `count` samples and forgets what came after them. */
  truncate(count: number): void {
    this.#length = Math.min(this.#length, count);
  }

  #grow(needed: number): void {
    let size = this.#samples.length;
    while (size < needed) size *= 2;
    const grown = new Int16Array(size);
    const fits = Math.min(this.#length, this.#samples.length - this.#first);
    grown.set(this.#samples.subarray(this.#first, this.#first + fits));
    grown.set(this.#samples.subarray(0, this.#length - fits), fits);
    this.#samples = grown;
    this.#first = 0;
  }
}
