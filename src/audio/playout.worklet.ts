/** The loudspeaker's end of the sound graph: a shell around `PlayoutProcessor`. */

import { PlayoutProcessor } from './playout-processor.ts';
import type { FromPlayout, PlayoutOptions } from './ports.ts';

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

registerProcessor('indigenius-playout', PlayoutWorklet);
