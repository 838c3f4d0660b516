/** The microphone's end of the sound graph: a shell around `CaptureProcessor`. */

import { CaptureProcessor } from './capture-processor.ts';
import type { FrameMs, FromCapture } from './ports.ts';

class CaptureWorklet extends AudioWorkletProcessor {
  readonly #processor: CaptureProcessor;

  constructor({ processorOptions }: { processorOptions: { frameMs: FrameMs } }) {
    super();
    this.#processor = new CaptureProcessor(sampleRate, this.port, processorOptions.frameMs);
  }

  override process(inputs: readonly Float32Array[][]): boolean {
    // No channel where nothing is connected (any more).
    this.#processor.write(inputs[0]?.[0]);
    if (this.#processor.closed) this.port.postMessage({ type: 'closed' } satisfies FromCapture);
    return !this.#processor.closed;
  }
}

registerProcessor('indigenius-capture', CaptureWorklet);
