/** The visitor's microphone, from the browser's permission to the uplink's port; it leaves the context to its owner. */

import { loadCapture } from './load-processor.ts';
import { orAbort } from './or-abort.ts';
import type { CaptureOptions, CaptureStats, FrameMs, FromCapture, ToCapture } from './ports.ts';
import { release, type SoundNode } from './sound-node.ts';

/** What the browser does to the sound before it gives it away. All of it is on unless switched off. */
export interface Processing {
  /** Takes out what the loudspeaker plays: without it the assistant hears itself, but for visitors with headphones. */
  readonly echoCancellation?: boolean;
  readonly noiseSuppression?: boolean;
  readonly autoGainControl?: boolean;
}

export interface MicrophoneOptions {
  readonly context: AudioContext;
  /** Gets `UplinkFrame`s, gives `UplinkSpent`s. The microphone's from here on: closed with it, or when it does not open. */
  readonly port: MessagePort;
  readonly signal: AbortSignal;
  /** The folder of the host's own copies of the worklets, as a URL. */
  readonly assetBase?: string | null | undefined;
  readonly processing?: Processing | undefined;
  /** Of `enumerateDevices()`; the default device where it is not (or no longer) known. */
  readonly deviceId?: string | undefined;
  /** The length of a frame; 20 ms by default. */
  readonly frameMs?: FrameMs | undefined;
  /** What another microphone was detached from: nobody is asked again, unless it has ended. As `port`, stopped with it. */
  readonly stream?: MediaStream | undefined;
  /** Muted from the beginning, before a sample of it leaves. */
  readonly muted?: boolean | undefined;
}

export interface MicrophoneStats extends CaptureStats {
  /** What the browser really does, and with which device. */
  readonly settings: MediaTrackSettings;
}

/** Not in TypeScript's DOM lib: https://w3c.github.io/mediacapture-main/#dom-mediatracksettings-latency, in seconds. */
interface LatencySettings extends MediaTrackSettings {
  readonly latency?: number;
}

/** A context that stands still lets no processor answer. */
export const ANSWERS_WITHIN_MS = 500;

/** What the resampler adds: half its length. */
const FILTER_MS = 1.5;

const TRACK_EVENTS = ['ended', 'mute', 'unmute'] as const;

export class Microphone {
  /** The track ended by itself: unplugged, or taken back by the visitor. */
  onended: (() => void) | null = null;
  /** The system, or another program, took the microphone away for now (true), or gave it back. */
  onmuted: ((muted: boolean) => void) | null = null;
  /** Nothing has come from the device for 2 s, though nobody has muted it. Told again only after it has gone on. */
  onstalled: (() => void) | null = null;

  readonly #context: AudioContext;
  readonly #stream: MediaStream;
  readonly #track: MediaStreamTrack;
  readonly #source: MediaStreamAudioSourceNode;
  readonly #capture: SoundNode;
  readonly #frameMs: FrameMs;
  #level = 0;
  #frames = 0;
  #pooledBuffers = 0;
  readonly #asking: (() => void)[] = [];
  #closed: Promise<void> | null = null;

  /**
   * Asks for the microphone at once, and loads the worklet meanwhile. Rejects with a `MicrophoneError`, or with the
   * signal's reason; then nothing is held.
   */
  static async open(options: MicrophoneOptions): Promise<Microphone> {
    const { context, port, signal, assetBase, stream: given } = options;
    try {
      signal.throwIfAborted();
      const asking = given?.active ? Promise.resolve(given) : ask(options);
      const loading = loadCapture(context, { assetBase, signal });
      // Whatever comes of it: a refused microphone is told first.
      loading.catch(() => {});
      let stream = await orAbort(asking, signal, stop);
      try {
        const create = await orAbort(loading, signal);
        // Unplugged, or taken back, before there was anybody to hear of it.
        if (!stream.active) stream = await orAbort(ask(options), signal, stop);
        return new Microphone(stream, create, options);
      } catch (error) {
        stop(stream);
        throw error;
      }
    } catch (error) {
      port.close();
      if (given) stop(given);
      throw error;
    }
  }

  private constructor(
    stream: MediaStream,
    create: (options: CaptureOptions) => SoundNode,
    { context, port, frameMs = 20, muted = false }: MicrophoneOptions,
  ) {
    this.#context = context;
    this.#frameMs = frameMs;
    this.#source = context.createMediaStreamSource(stream);
    this.#stream = stream;
    this.#track = stream.getAudioTracks()[0]!;
    for (const type of TRACK_EVENTS) this.#track.addEventListener(type, this.#handleTrack);
    // A stream that was muted before it was detached still is.
    if (muted) this.#track.enabled = false;
    this.#capture = create({ frameMs, muted: this.muted });
    this.#capture.port.onmessage = ({ data }: MessageEvent<FromCapture>) => this.#receive(data);
    this.uplink = port;
    // Nothing comes out of the capture node, but a node that leads nowhere is not run by every browser.
    this.#source.connect(this.#capture.node).connect(context.destination);
  }

  /** Of the sound graph, to be watched. */
  get node(): AudioNode {
    return this.#capture.node;
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
    this.#post({ type: 'mute', muted });
  }

  /** Another way to the socket, the one before is closed; or none: up to 10 s of what is said are kept for the next. */
  set uplink(port: MessagePort | null) {
    if (this.#closed) port?.close();
    else if (port) this.#post({ type: 'port', port }, [port]);
    else this.#post({ type: 'port', port });
  }

  /** As it is now, or as it was last known where the context stands still. */
  async getStats(): Promise<MicrophoneStats> {
    if (!this.#closed) {
      await new Promise<void>((resolve) => {
        this.#asking.push(resolve);
        setTimeout(resolve, ANSWERS_WITHIN_MS);
        this.#post({ type: 'stats' });
      });
    }
    const { sampleRate } = this.#context;
    const { bufferSize = 0 } = this.#capture.node as Partial<ScriptProcessorNode>;
    const ownMs = (bufferSize * 1000) / sampleRate + FILTER_MS + this.#frameMs;
    const settings: LatencySettings = this.#track.getSettings();
    const latencyMs = settings.latency === undefined ? null : settings.latency * 1000 + ownMs;
    return {
      sampleRate,
      frames: this.#frames,
      frameMs: this.#frameMs,
      pooledBuffers: this.#pooledBuffers,
      latencyMs,
      settings,
    };
  }

  /** Gives the microphone back, at once; resolves when the context may be closed. Safe twice. */
  close(): Promise<void> {
    // What was detached is somebody else's.
    if (!this.#closed) stop(this.#stream);
    return this.#leave();
  }

  /**
   * Leaves the graph and hands back the stream, still live, for another microphone to be opened with; whoever takes it
   * stops it. Resolves when the context may be closed.
   */
  async detach(): Promise<MediaStream> {
    await this.#leave();
    return this.#stream;
  }

  #leave(): Promise<void> {
    this.#closed ??= this.#release();
    return this.#closed;
  }

  #release(): Promise<void> {
    this.#level = 0;
    for (const type of TRACK_EVENTS) this.#track.removeEventListener(type, this.#handleTrack);
    this.#source.disconnect();
    return release(this.#capture);
  }

  #receive(message: FromCapture): void {
    switch (message.type) {
      case 'level':
        this.#level = message.level;
        return;
      case 'stats':
        this.#frames = message.frames;
        this.#pooledBuffers = message.pooledBuffers;
        for (const answer of this.#asking.splice(0)) answer();
        return;
      case 'stalled':
        this.onstalled?.();
    }
  }

  #post(message: ToCapture, transfer: Transferable[] = []): void {
    this.#capture.port.postMessage(message, transfer);
  }

  readonly #handleTrack = ({ type }: Event): void => {
    if (type === 'ended') this.onended?.();
    else this.onmuted?.(type === 'mute');
  };
}

async function ask({ processing, deviceId }: Pick<MicrophoneOptions, 'processing' | 'deviceId'>): Promise<MediaStream> {
  // Plain values are wishes: none of them makes a request fail. A device must be more, or Chromium takes the default.
  const audio = {
    channelCount: 1,
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...processing,
  };
  try {
    // A page that is not secure has no `mediaDevices`, nor has an old WebView: that is an answer, too.
    return await navigator.mediaDevices.getUserMedia({
      audio: deviceId ? { ...audio, deviceId: { exact: deviceId } } : audio,
    });
  } catch (error) {
    // By name: it is no DOMException in every browser.
    const unknown = deviceId && (error as Partial<Error> | null)?.name === 'OverconstrainedError';
    if (unknown) return ask({ processing });
    throw await refusal(error);
  }
}

/** Where the code that knows why can't be fetched, that is what there is to tell. */
function refusal(cause: unknown): Promise<Error> {
  return import('./microphone-error.ts').then(
    ({ MicrophoneError }) => MicrophoneError.from(cause),
    () => {
      const error = new Error('There is no microphone. The file that knows why could not be fetched.', { cause });
      return Object.assign(error, { name: 'MicrophoneError', reason: 'unreachable' });
    },
  );
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
