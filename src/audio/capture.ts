/** The visitor's voice from the device's rate to frames for the wire. Pure: a worklet or a fallback pours sound in. */

import { Meter } from './level.ts';
import { Resampler } from '../dsp/resampler.ts';

const UPLINK_RATE = 16_000;

export interface CaptureSink {
  /** An empty frame, to be filled with PCM16 mono at 16 kHz; its length is the frame's. */
  take(): Int16Array<ArrayBuffer>;
  /** The same frame, full. */
  put(frame: Int16Array<ArrayBuffer>): void;
}

export class Capture {
  readonly #sink: CaptureSink;
  readonly #resampler: Resampler;
  readonly #meter: Meter;
  #resampled = new Float32Array(128);
  /** The machine's byte order, which is little-endian wherever there is a browser. */
  #frame: Int16Array<ArrayBuffer>;
  #filled = 0;
  #muted = false;

  /** `onLevel` gets 0..1, at most 20 times a second. */
  constructor(sampleRate: number, sink: CaptureSink, onLevel: (level: number) => void) {
    this.#sink = sink;
    this.#resampler = new Resampler(sampleRate, UPLINK_RATE);
    this.#meter = new Meter(sampleRate, onLevel);
    this.#frame = sink.take();
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** While muted nothing leaves, and what was begun is forgotten. */
  set muted(muted: boolean) {
    this.#muted = muted;
    if (!muted) return;
    this.#filled = 0;
    this.#resampler.reset();
    this.#meter.reset();
  }

  write(samples: Float32Array): void {
    if (this.#muted) return;
    this.#meter.write(samples);
    const room = this.#resampler.outputFor(samples.length);
    // Blocks are of one length: this happens once.
    if (this.#resampled.length < room) this.#resampled = new Float32Array(room * 2);
    const count = this.#resampler.process(samples, samples.length, this.#resampled);
    for (let i = 0; i < count; i++) {
      const sample = Math.round(this.#resampled[i]! * 0x8000);
      this.#frame[this.#filled++] = Math.min(0x7fff, Math.max(-0x8000, sample));
      if (this.#filled === this.#frame.length) this.#send();
    }
  }

  #send(): void {
    this.#filled = 0;
    this.#sink.put(this.#frame);
    this.#frame = this.#sink.take();
  }
}
