/**
 * The sound of a call: a context with a microphone and a speaker in it. When it goes stale (another headset, an
 * interruption, a clock that stands still) it is built anew, and the call goes on. It knows no gateway: whoever does gets
 * the other ends of its two channels.
 */

import { type ContextWatch, watchContext } from '../audio/context-watch.ts';
import { Microphone, type MicrophoneOptions, type MicrophoneStats } from '../audio/microphone.ts';
import { orAbort } from '../audio/or-abort.ts';
import type { PlayoutStats } from '../audio/ports.ts';
import { reopenContext } from '../audio/reopen-context.ts';
import { closeContext } from '../audio/sound-context.ts';
import { Speaker } from '../audio/speaker.ts';
import { type AudioSettings, DEFAULT_AUDIO, offersOf } from './audio-settings.ts';
import { CallError } from './errors.ts';
import { rememberedStartMs, rememberStartMs } from './memory.ts';
import { microphoneAllowed } from './permission.ts';

/** For the line: what is said comes out of `uplink`, what is to be heard goes into `downlink`. */
export interface LinePorts {
  readonly uplink: MessagePort;
  readonly downlink: MessagePort;
}

/** What it tells the call that it belongs to. */
export interface SoundEvents {
  /** What is heard from now on: a turn, or none. */
  readonly onaudible: (turnId: string | null) => void;
  /** It was built anew: the line goes on with these. */
  readonly onports: (ports: LinePorts) => void;
  /** There is no microphone any more. */
  readonly onlost: (error: CallError) => void;
}

export interface SoundOptions extends SoundEvents {
  /** Made in the visitor's click; closed with the rest. */
  readonly context: AudioContext;
  readonly assetBase: string | null;
  /** What is left out is `DEFAULT_AUDIO`'s. */
  readonly audio?: Partial<AudioSettings> | undefined;
  /** The chosen loudspeaker; '' is the default. */
  readonly speakerId: string;
  /** Whether the browser may keep what is learnt of the line; true by default. */
  readonly remember?: boolean | undefined;
}

/** A machine whose sound does not settle is not asked more often. */
const REBUILT_EVERY_MS = 3_000;
/** A microphone that the system has muted for so long is asked for anew: a headset may have taken its place. */
const MUTED_FOR_MS = 2_000;

export class Sound {
  /** Rejects as `Microphone.open` does. */
  readonly microphone: Promise<Microphone>;
  /** Rejects only where the sound was closed before. */
  readonly speaker: Promise<Speaker>;
  /** What a gateway may choose from. */
  readonly offers: ReturnType<typeof offersOf>;
  readonly #options: SoundOptions;
  readonly #capture: Pick<MicrophoneOptions, 'processing' | 'frameMs'>;
  readonly #abort = new AbortController();
  #context: AudioContext;
  #watch: ContextWatch;
  #microphone: Microphone | null = null;
  #speaker: Speaker | null = null;
  #speakerId: string;
  #channels!: readonly MessageChannel[];
  #rebuilding: Promise<void> | null = null;
  #rebuiltAtMs = -Infinity;
  #mutedTimer: ReturnType<typeof setTimeout> | undefined;
  /** Nobody will speak any more: the assistant has said its last word. */
  #deaf = false;
  #closed: Promise<void> | null = null;

  /** Asks for the microphone at once. */
  constructor(options: SoundOptions) {
    this.#options = options;
    const { encoding, frameMs, ...processing } = { ...DEFAULT_AUDIO, ...options.audio };
    this.offers = offersOf(encoding);
    this.#capture = { processing, frameMs };
    this.#context = options.context;
    this.#speakerId = options.speakerId;
    this.#watch = this.#watchContext();
    const { uplink, downlink } = this.#connect();
    this.speaker = this.#openSpeaker(downlink);
    this.microphone = this.#openMicrophone(uplink);
    // Whoever waits for them hears of it.
    for (const opening of [this.speaker, this.microphone]) opening.catch(() => {});
  }

  /** The line's ends of the present channels. */
  get ports(): LinePorts {
    const [up, down] = this.#channels;
    return { uplink: up!.port2, downlink: down!.port2 };
  }

  /** 0..1 each. */
  levels(): { visitor: number; assistant: number } {
    return { visitor: this.#microphone?.level ?? 0, assistant: this.#speaker?.level ?? 0 };
  }

  /** Null while there is no microphone. */
  get muted(): boolean | null {
    return this.#microphone && this.#microphone.muted;
  }

  set muted(muted: boolean) {
    if (this.#microphone) this.#microphone.muted = muted;
  }

  /** Null until both are there. */
  async getStats(): Promise<{ playout: PlayoutStats; capture: MicrophoneStats } | null> {
    const [speaker, microphone] = [this.#speaker, this.#microphone];
    if (!speaker || !microphone) return null;
    const [playout, capture] = await Promise.all([speaker.getStats(), microphone.getStats()]);
    return playout && { playout, capture };
  }

  /** Rejects with an `OutputError`; then the voice is heard where it was. */
  async setSpeaker(deviceId: string): Promise<void> {
    await (await this.speaker).setDevice(deviceId);
    this.#speakerId = deviceId;
  }

  /** Gives the microphone back; what is left is to be heard. */
  closeMicrophone(): void {
    this.#deaf = true;
    void this.#microphone?.close();
  }

  /** Microphone and sound stop now; resolves when nothing is held. Safe twice. */
  close(): Promise<void> {
    this.#closed ??= this.#release();
    return this.#closed;
  }

  async #release(): Promise<void> {
    this.#abort.abort();
    this.#watch.close();
    clearTimeout(this.#mutedTimer);
    await Promise.allSettled([this.#microphone?.close(), this.#speaker?.close(), this.#rebuilding]);
    for (const { port1, port2 } of this.#channels) {
      port1.close();
      port2.close();
    }
    await closeContext(this.#context);
  }

  /** This side's ends of two new channels; the old ones are the line's to close. */
  #connect(): { uplink: MessagePort; downlink: MessagePort } {
    const up = new MessageChannel();
    const down = new MessageChannel();
    this.#channels = [up, down];
    return { uplink: up.port1, downlink: down.port1 };
  }

  async #openSpeaker(port: MessagePort): Promise<Speaker> {
    const { assetBase, onaudible, remember = true } = this.#options;
    const context = this.#context;
    const { signal } = this.#abort;
    const startMs = remember ? rememberedStartMs() : undefined;
    const speaker = await Speaker.open({ context, assetBase, signal, port, startMs });
    this.#speaker = speaker;
    if (signal.aborted) void speaker.close();
    this.#watch.watchNode(speaker.node);
    speaker.onaudible = onaudible;
    if (remember) speaker.onlearnt = rememberStartMs;
    if (this.#speakerId) await speaker.setDevice(this.#speakerId).catch(() => {}); // gone meanwhile: the default's
    return speaker;
  }

  /** @param before what is left of the microphone before */
  async #openMicrophone(
    port: MessagePort,
    before: Pick<MicrophoneOptions, 'stream' | 'muted'> = {},
  ): Promise<Microphone> {
    const { assetBase } = this.#options;
    const context = this.#context;
    const { signal } = this.#abort;
    const microphone = await Microphone.open({ context, assetBase, signal, port, ...this.#capture, ...before });
    this.#microphone = microphone;
    if (signal.aborted || this.#deaf) void microphone.close();
    this.#watch.watchNode(microphone.node);
    microphone.onended = microphone.onstalled = () => void this.#rebuild(true);
    microphone.onmuted = (muted) => {
      clearTimeout(this.#mutedTimer);
      if (muted) this.#mutedTimer = setTimeout(() => void this.#rebuild(true), MUTED_FOR_MS);
    };
    return microphone;
  }

  #watchContext(): ContextWatch {
    return watchContext(this.#context, {
      deviceId: () => this.#speakerId,
      onstale: (reason) => {
        if (reason === 'sink') this.#speakerId = '';
        void this.#rebuild(false);
      },
    });
  }

  /** @param anew the microphone has to be asked for again */
  #rebuild(anew: boolean): Promise<void> {
    this.#rebuilding ??= this.#build(anew)
      .catch((error: unknown) => {
        if (!this.#abort.signal.aborted) this.#options.onlost(CallError.from(error));
      })
      .finally(() => (this.#rebuilding = null));
    return this.#rebuilding;
  }

  async #build(anew: boolean): Promise<void> {
    const { signal } = this.#abort;
    await Promise.all([this.microphone, this.speaker]);
    const microphone = this.#microphone!;
    const { muted } = microphone;
    // A page may not ask again for what the visitor has just taken back.
    if (anew && !(await microphoneAllowed())) {
      throw new CallError('microphone-missing', 'The microphone was unplugged or taken away in the call.');
    }
    await orAbort(elapsed(this.#rebuiltAtMs + REBUILT_EVERY_MS - performance.now()), signal);
    this.#watch.close();
    clearTimeout(this.#mutedTimer);
    const [stream] = await Promise.all([anew ? microphone.close() : microphone.detach(), this.#speaker!.close()]);
    this.#options.onaudible(null);
    try {
      this.#context = await reopenContext(this.#context, { signal });
    } catch (error) {
      for (const track of stream?.getTracks() ?? []) track.stop();
      throw error;
    }
    this.#watch = this.#watchContext();
    const { uplink, downlink } = this.#connect();
    this.#options.onports(this.ports);
    await Promise.all([
      this.#openSpeaker(downlink),
      this.#openMicrophone(uplink, { stream: stream ?? undefined, muted }),
    ]);
    this.#rebuiltAtMs = performance.now();
  }
}

function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
