/** Stands between a context's users and its output, and keeps every sample that passes. */

import { onTestFinished } from 'vitest';

const RECORDER = `registerProcessor('recorder', class extends AudioWorkletProcessor {
  running = true;
  constructor() {
    super();
    this.port.onmessage = () => (this.running = false);
  }
  process([[samples]]) {
    this.port.postMessage({ frame: currentFrame, samples: samples ?? new Float32Array(128), last: !this.running });
    return this.running;
  }
});`;

interface Block {
  readonly frame: number;
  readonly samples: Float32Array;
  readonly last: boolean;
}

export class Recorder {
  readonly context: AudioContext;
  /** Samples since the first. */
  readonly #blocks: Float32Array[] = [];
  #startFrame = -1;

  static async start(context: AudioContext): Promise<Recorder> {
    const url = URL.createObjectURL(new Blob([RECORDER], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(url);
    return new Recorder(context);
  }

  private constructor(context: AudioContext) {
    this.context = context;
    const node = new AudioWorkletNode(context, 'recorder', { channelCount: 1, channelCountMode: 'explicit' });
    let stopped = (): void => {};
    node.port.onmessage = ({ data }: MessageEvent<Block>) => {
      if (this.#startFrame < 0) this.#startFrame = data.frame;
      this.#blocks.push(data.samples);
      if (data.last) setTimeout(stopped, 25);
    };
    // WebKit crashes when a context is closed while a worklet of it runs, or within the batch of its last block.
    onTestFinished(
      () =>
        new Promise((resolve) => {
          stopped = resolve;
          if (context.state === 'running') node.port.postMessage('stop');
          else resolve();
        }),
    );
    node.connect(context.destination);
    // Who connects to the destination from now on is heard through the recorder.
    Object.defineProperty(context, 'destination', { value: node });
  }

  /** When the recording was last known to run, in seconds of the context's clock. */
  get end(): number {
    return this.#startFrame < 0 ? 0 : (this.#startFrame + this.#blocks.length * 128) / this.context.sampleRate;
  }

  /** Samples between two moments of the context's clock, in seconds. */
  between(from: number, to: number): Float32Array {
    const all = new Float32Array(this.#blocks.length * 128);
    this.#blocks.forEach((block, i) => all.set(block, i * 128));
    const at = (seconds: number): number =>
      Math.max(0, Math.round(seconds * this.context.sampleRate) - this.#startFrame);
    return all.subarray(at(from), at(to));
  }
}
