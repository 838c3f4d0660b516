/** The assistant's voice, from the downlink's port to the context's output; it leaves the context to its owner. */

import { loadPlayout } from './load-processor.ts';
import { orAbort } from './or-abort.ts';
import { Output } from './output.ts';
import type { FromPlayout, PlayoutStats, ToPlayout } from './ports.ts';
import { release, type SoundNode } from './sound-node.ts';

export interface SpeakerOptions {
  readonly context: AudioContext;
  /** Gives `DownlinkMessage`s, gets `HeardReport`s. The speaker's from here on: closed with it, or when it does not open. */
  readonly port: MessagePort;
  readonly signal: AbortSignal;
  /** The folder of the host's own copies of the worklets, as a URL. */
  readonly assetBase?: string | null | undefined;
  /** What a turn must have before it starts, as learnt on an earlier call, in ms. */
  readonly startMs?: number | undefined;
}

/** A smaller change is the measurement's noise. */
const LATENCY_STEP_MS = 2;

/**
 * Firefox on Linux: a page that asks while something plays may wait for ever, for a lock of PulseAudio's whose holder
 * waits for the page. What it would say, roughly, in ms.
 */
const UNASKED_MS = /Linux.*Firefox/.test(navigator.userAgent) ? 40 : null;

/** A context that stands still answers nothing. */
const ANSWERS_WITHIN_MS = 500;

export class Speaker {
  /** What the visitor hears from now on: a turn's voice, or (null) none. A gap within a turn is none after 250 ms. */
  onaudible: ((turnId: string | null) => void) | null = null;

  /** How unevenly the voice arrives was learnt anew: the next speaker's `startMs`. */
  onlearnt: ((startMs: number) => void) | null = null;

  readonly #context: AudioContext;
  readonly #output: Output;
  readonly #playout: SoundNode;
  #latencyMs = -LATENCY_STEP_MS;
  #level = 0;
  #stats: PlayoutStats | null = null;
  readonly #asking = new Set<() => void>();
  #closed: Promise<void> | null = null;

  /** Rejects with the signal's reason; then nothing is held. */
  static async open({ context, port, signal, assetBase, startMs }: SpeakerOptions): Promise<Speaker> {
    try {
      const create = await orAbort(loadPlayout(context, { assetBase, signal }), signal);
      return new Speaker(context, create({ startMs }), port);
    } catch (error) {
      port.close();
      throw error;
    }
  }

  private constructor(context: AudioContext, playout: SoundNode, port: MessagePort) {
    this.#context = context;
    this.#output = new Output(context);
    this.#playout = playout;
    playout.port.onmessage = ({ data }: MessageEvent<FromPlayout>) => this.#receive(data);
    this.#tellLatency();
    playout.port.postMessage({ type: 'port', port } satisfies ToPlayout, [port]);
    this.#output.connect(playout.node);
  }

  /** Of the sound graph, to be watched. */
  get node(): AudioNode {
    return this.#playout.node;
  }

  /** The chosen loudspeaker; '' is the default. */
  get deviceId(): string {
    return this.#output.deviceId;
  }

  /** Rejects with an `OutputError`; then the voice is heard where it was. */
  async setDevice(deviceId: string): Promise<void> {
    await this.#output.setDevice(deviceId);
    this.#tellLatency();
  }

  /** How loud the assistant is, 0..1. */
  get level(): number {
    return this.#level;
  }

  /** Of the call so far; the last known where the context stands still, null where nothing is. */
  getStats(): Promise<PlayoutStats | null> {
    return new Promise((resolve) => {
      const answer = (): void => {
        clearTimeout(timer);
        this.#asking.delete(answer);
        resolve(this.#stats);
      };
      const timer = setTimeout(answer, ANSWERS_WITHIN_MS);
      this.#asking.add(answer);
      if (this.#closed) answer();
      else this.#playout.port.postMessage({ type: 'stats' } satisfies ToPlayout);
    });
  }

  /** Silence, after one fade, and no report any more; resolves when the context may be closed. Safe twice. */
  close(): Promise<void> {
    this.#level = 0;
    this.#closed ??= release(this.#playout).then(() => this.#output.close());
    return this.#closed;
  }

  #receive(message: FromPlayout): void {
    // Known once something plays, and another one for each headset: looked at whenever there is sound.
    this.#tellLatency();
    switch (message.type) {
      case 'level':
        this.#level = message.level;
        return;
      case 'audible':
        this.onaudible?.(message.turnId);
        return;
      case 'learnt':
        this.onlearnt?.(message.startMs);
        return;
      case 'stats':
        this.#stats = message.stats;
        for (const answer of this.#asking) answer();
    }
  }

  #tellLatency(): void {
    const graphMs = UNASKED_MS ?? latencyOf(this.#context);
    const latencyMs = graphMs + this.#output.latencyMs;
    if (Math.abs(latencyMs - this.#latencyMs) < LATENCY_STEP_MS) return;
    this.#latencyMs = latencyMs;
    this.#playout.port.postMessage({ type: 'latency', latencyMs } satisfies ToPlayout);
  }
}

/** From the graph to the ear, in ms. Safari has no `outputLatency` before 18. */
function latencyOf({ outputLatency, baseLatency }: Partial<AudioContext>): number {
  return (outputLatency ?? baseLatency ?? 0) * 1000;
}
