/** Joins `Capture` to its ports: the same for the worklet and for the fallback on the page's thread. */

import { Capture } from './capture.ts';
import { CaptureLine } from './capture-line.ts';
import type { CaptureOptions, FromCapture, ToCapture } from './ports.ts';

/** Samples in a block of the sound graph. */
const QUANTUM = 128;
/** No source pauses for that long. */
const STALLED_S = 2;

export class CaptureProcessor {
  /** Let go: there is nothing more to do. */
  closed = false;

  readonly #post: (message: FromCapture) => void;
  readonly #line: CaptureLine;
  readonly #capture: Capture;
  readonly #patience: number;
  /** Blocks without input in a row. */
  #starved = 0;

  /** `control` is the port to the page. */
  constructor(sampleRate: number, control: MessagePort, { frameMs, muted }: CaptureOptions) {
    this.#post = (message) => control.postMessage(message);
    this.#line = new CaptureLine(frameMs);
    this.#capture = new Capture(sampleRate, this.#line, (level) => this.#post({ type: 'level', level }));
    this.#capture.muted = muted;
    this.#patience = Math.ceil((STALLED_S * sampleRate) / QUANTUM);
    control.onmessage = ({ data }: { data: ToCapture }) => this.#receive(data);
  }

  /** One block; undefined where the source gave none. */
  write(samples: Float32Array | undefined): void {
    if (samples || this.#capture.muted) this.#starved = 0;
    else if (++this.#starved === this.#patience) this.#post({ type: 'stalled' });
    if (samples && !this.closed) this.#capture.write(samples);
  }

  #receive(message: ToCapture): void {
    switch (message.type) {
      case 'port':
        this.#line.port = message.port;
        return;
      case 'mute':
        this.#capture.muted = message.muted;
        return;
      case 'stats':
        return this.#post({ type: 'stats', frames: this.#line.frames, pooledBuffers: this.#line.pooled });
      case 'close':
        this.closed = true;
        this.#line.port = null;
    }
  }
}
