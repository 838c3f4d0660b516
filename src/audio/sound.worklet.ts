/**
 * The two ends of the sound graph: shells around `CaptureProcessor` and `PlayoutProcessor`. One file, since a call needs
 * both at once and they share what is in it.
 */

import { CaptureProcessor } from './capture-processor.ts';
import { PlayoutProcessor } from './playout-processor.ts';
import type { CaptureOptions, FromCapture, FromPlayout, PlayoutOptions } from './ports.ts';

class CaptureWorklet extends AudioWorkletProcessor {
  readonly #processor: CaptureProcessor;

  constructor({ processorOptions }: { readonly processorOptions: CaptureOptions }) {
    super();
    this.#processor = new CaptureProcessor(sampleRate, this.port, processorOptions);
  }

  override process(inputs: readonly Float32Array[][]): boolean {
    // No channel where nothing is connected (any more).
    this.#processor.write(inputs[0]?.[0]);
    if (this.#processor.closed) this.port.postMessage({ type: 'closed' } satisfies FromCapture);
    return !this.#processor.closed;
  }
}

class PlayoutWorklet extends AudioWorkletProcessor {
  readonly #processor: PlayoutProcessor;

  constructor({ processorOptions }: { readonly processorOptions: PlayoutOptions }) {
    super();
    this.#processor = new PlayoutProcessor(sampleRate, this.port, processorOptions.startMs);
  }

  override process(_inputs: readonly Float32Array[][], outputs: readonly Float32Array[][]): boolean {
    const out = outputs[0]?.[0];
    if (out && !this.#processor.closed) this.#processor.render(out);
    if (this.#processor.closed) this.port.postMessage({ type: 'closed' } satisfies FromPlayout);
    return !this.#processor.closed;
  }
}

registerProcessor('indigenius-capture', CaptureWorklet);
registerProcessor('indigenius-playout', PlayoutWorklet);
