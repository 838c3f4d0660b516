/** What the bench's microphone hears: the tone whose pitch is its position. */

import { AMPLITUDE, tone } from '../signal.ts';

class Microphone extends AudioWorkletProcessor {
  #at = 0;

  override process(_inputs: readonly Float32Array[][], outputs: readonly Float32Array[][]): boolean {
    const out = outputs[0]?.[0];
    if (!out) return true;
    for (let i = 0; i < out.length; i += 1) out[i] = AMPLITUDE * tone((this.#at + i) / sampleRate);
    this.#at += out.length;
    return true;
  }
}

registerProcessor('bench-microphone', Microphone);
