/**
 * The frames between the capture and the socket: kept while there is no port to the socket, and filled again once the
 * socket is done with them. It knows nothing of what is in them.
 */

import type { UplinkFrame, UplinkSpent } from '../protocol/media.ts';
import type { FrameMs } from './ports.ts';

/** PCM16 at 16 kHz. */
const SAMPLES_PER_MS = 16;
/** As long as the socket itself keeps sound for a gateway that is not ready. */
const KEPT_MS = 10_000;
/** Empty frames at first; more come only of a socket that keeps what it gets. */
const AT_FIRST = 4;
/** Empty frames at most: 12 s of 20 ms. */
const AT_MOST = 600;

type Frame = Int16Array<ArrayBuffer>;

export class CaptureLine {
  /** Frames put so far. */
  frames = 0;

  readonly #frameMs: FrameMs;
  readonly #empty: Frame[] = [];
  readonly #kept: Frame[] = [];
  #port: MessagePort | null = null;
  /** The same for every frame: it is copied as it is posted. */
  readonly #message = { type: 'frame', pcm: new ArrayBuffer(0) } satisfies UplinkFrame;
  readonly #transfer: ArrayBuffer[] = [];

  constructor(frameMs: FrameMs) {
    this.#frameMs = frameMs;
    for (let i = 0; i < AT_FIRST; i++) this.#empty.push(this.#make());
  }

  /** Empty frames at hand. */
  get pooled(): number {
    return this.#empty.length;
  }

  /** An empty frame. Allocates only where the socket keeps more than ever before. */
  take(): Frame {
    return this.#empty.pop() ?? this.#make();
  }

  /** Sends a full frame, or keeps it until there is a port; then the oldest goes when there are 10 s. */
  put(frame: Frame): void {
    this.frames++;
    if (this.#port) return this.#post(frame);
    this.#kept.push(frame);
    if (this.#kept.length > KEPT_MS / this.#frameMs) this.#empty.push(this.#kept.shift()!);
  }

  /** Closes the one before; what was kept goes at once. */
  set port(port: MessagePort | null) {
    this.#port?.close();
    this.#port = port;
    if (!port) return;
    port.onmessage = ({ data: { pcm } }: { data: UplinkSpent }) => {
      const fits = pcm.byteLength === 2 * SAMPLES_PER_MS * this.#frameMs;
      if (fits && this.pooled < AT_MOST) this.#empty.push(new Int16Array(pcm));
    };
    for (const frame of this.#kept.splice(0)) this.#post(frame);
  }

  #post({ buffer }: Frame): void {
    this.#message.pcm = this.#transfer[0] = buffer;
    this.#port!.postMessage(this.#message, this.#transfer);
  }

  #make(): Frame {
    return new Int16Array(SAMPLES_PER_MS * this.#frameMs);
  }
}
