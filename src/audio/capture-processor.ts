/** Joins `Capture` to its ports: the same for the worklet and for the fallback on the page's thread. */

import type { UplinkFrame } from '../protocol/media.ts';
import { Capture } from './capture.ts';
import type { FromCapture, ToCapture } from './ports.ts';

export class CaptureProcessor {
  /** Let go: there is nothing more to do. */
  closed = false;

  readonly #capture: Capture;
  #uplink: MessagePort | null = null;

  /** `control` is the port to the page. Frames before the uplink's port has come are lost: there is nowhere to go. */
  constructor(sampleRate: number, control: MessagePort) {
    this.#capture = new Capture(sampleRate, {
      frame: (pcm) => this.#uplink?.postMessage({ type: 'frame', pcm } satisfies UplinkFrame, [pcm]),
      level: (level) => control.postMessage({ type: 'level', level } satisfies FromCapture),
    });
    control.onmessage = ({ data }: MessageEvent) => this.#receive(data as ToCapture);
  }

  write(samples: Float32Array): void {
    this.#capture.write(samples);
  }

  #receive(message: ToCapture): void {
    switch (message.type) {
      case 'port':
        this.#uplink = message.port;
        return;
      case 'mute':
        this.#capture.muted = message.muted;
        return;
      case 'close':
        this.closed = true;
        this.#uplink?.close();
        this.#uplink = null;
    }
  }
}
