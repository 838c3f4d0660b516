/** The microphone's end of the sound graph: a shell around `CaptureProcessor`. */

import { CaptureProcessor } from './capture-processor.ts';
import type { FromCapture } from './ports.ts';

class CaptureWorklet extends AudioWorkletProcessor {
  readonly #processor = new CaptureProcessor(sampleRate, this.port);

  override process(inputs: readonly Float32Array[][]): boolean {
    // No channel where nothing is connected (any more).
    const samples = inputs[0]?.[0];
    if (samples) this.#processor.write(samples);
    if (this.#processor.closed) this.port.postMessage({ type: 'closed' } satisfies FromCapture);
    return !this.#processor.closed;
  }
}

registerProcessor('indigenius-capture', CaptureWorklet);
