/** The visitor's microphone, from the browser's permission to the uplink's port; it leaves the context to its owner. */

import { loadCapture } from './load-processor.ts';
import { MicrophoneError } from './microphone-error.ts';
import { orAbort } from './or-abort.ts';
import type { FromCapture, ToCapture } from './ports.ts';
import { handPort, release, type SoundNode } from './sound-node.ts';

export interface MicrophoneOptions {
  readonly context: AudioContext;
  /** Gets `UplinkFrame`s. The microphone's from here on: closed with it, or when it does not open. */
  readonly port: MessagePort;
  readonly signal: AbortSignal;
  /** The folder of the host's own copies of the worklets, as a URL. */
  readonly assetBase?: string | null | undefined;
}

const CONSTRAINTS: MediaStreamConstraints = {
  audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};

export class Microphone {
  /** The track ended by itself: unplugged, or taken back by the visitor. */
  onended: (() => void) | null = null;

  readonly #stream: MediaStream;
  readonly #track: MediaStreamTrack;
  readonly #source: MediaStreamAudioSourceNode;
  readonly #capture: SoundNode;
  #level = 0;
  #closed: Promise<void> | null = null;

  /**
   * Asks for the microphone at once, and loads the worklet meanwhile. Rejects with a `MicrophoneError`, or with the
   * signal's reason; then nothing is held.
   */
  static async open({ context, port, signal, assetBase }: MicrophoneOptions): Promise<Microphone> {
    try {
      signal.throwIfAborted();
      const asking = ask();
      const loading = loadCapture(context, { assetBase, signal });
      // Whatever comes of it: a refused microphone is told first.
      loading.catch(() => {});
      const stream = await orAbort(asking, signal, stop);
      try {
        const create = await orAbort(loading, signal);
        return new Microphone(context, stream, create(), port);
      } catch (error) {
        stop(stream);
        throw error;
      }
    } catch (error) {
      port.close();
      throw error;
    }
  }

  private constructor(context: AudioContext, stream: MediaStream, capture: SoundNode, port: MessagePort) {
    this.#source = context.createMediaStreamSource(stream);
    this.#stream = stream;
    this.#track = stream.getAudioTracks()[0]!;
    this.#track.addEventListener('ended', this.#handleEnded);
    this.#capture = capture;
    capture.port.onmessage = ({ data }: MessageEvent<FromCapture>) => {
      if (data.type === 'level') this.#level = data.level;
    };
    handPort(capture, port);
    // Nothing comes out of the capture node, but a node that leads nowhere is not run by every browser.
    this.#source.connect(capture.node).connect(context.destination);
  }

  /** How loud the visitor is, 0..1. */
  get level(): number {
    return this.#level;
  }

  get muted(): boolean {
    return !this.#track.enabled;
  }

  /** While muted no frame leaves, and the browser's own indicator can tell. */
  set muted(muted: boolean) {
    if (this.#closed) return;
    this.#track.enabled = !muted;
    this.#capture.port.postMessage({ type: 'mute', muted } satisfies ToCapture);
  }

  /** Gives the microphone back, at once; resolves when the context may be closed. Safe twice. */
  close(): Promise<void> {
    this.#closed ??= this.#release();
    return this.#closed;
  }

  #release(): Promise<void> {
    this.#level = 0;
    this.#track.removeEventListener('ended', this.#handleEnded);
    stop(this.#stream);
    this.#source.disconnect();
    return release(this.#capture);
  }

  readonly #handleEnded = (): void => this.onended?.();
}

async function ask(): Promise<MediaStream> {
  if (!isSecureContext) throw new MicrophoneError('insecure-context');
  // Old WebViews have no `mediaDevices` even in a secure context.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new MicrophoneError('unsupported');
  try {
    return await devices.getUserMedia(CONSTRAINTS);
  } catch (error) {
    throw await MicrophoneError.from(error);
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
