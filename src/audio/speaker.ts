/** The assistant's voice, from the downlink's port to the context's output; it leaves the context to its owner. */

import { loadPlayout } from './load-processor.ts';
import { orAbort } from './or-abort.ts';
import type { FromPlayout, ToPlayout } from './ports.ts';
import { handPort, release, type SoundNode } from './sound-node.ts';

export interface SpeakerOptions {
  readonly context: AudioContext;
  /** Gives `DownlinkMessage`s, gets `HeardReport`s. The speaker's from here on: closed with it, or when it does not open. */
  readonly port: MessagePort;
  readonly signal: AbortSignal;
  /** The folder of the host's own copies of the worklets, as a URL. */
  readonly assetBase?: string | null | undefined;
}

/** A smaller change is the measurement's noise. */
const LATENCY_STEP_MS = 2;

export class Speaker {
  /** What the visitor hears from now on: a turn's voice, or (null) none. A gap within a turn is none after 250 ms. */
  onaudible: ((turnId: string | null) => void) | null = null;

  readonly #context: AudioContext;
  readonly #playout: SoundNode;
  #latencyMs = -LATENCY_STEP_MS;
  #level = 0;
  #closed: Promise<void> | null = null;

  /** Rejects with the signal's reason; then nothing is held. */
  static async open({ context, port, signal, assetBase }: SpeakerOptions): Promise<Speaker> {
    try {
      const create = await orAbort(loadPlayout(context, { assetBase, signal }), signal);
      return new Speaker(context, create(), port);
    } catch (error) {
      port.close();
      throw error;
    }
  }

  private constructor(context: AudioContext, playout: SoundNode, port: MessagePort) {
    this.#context = context;
    this.#playout = playout;
    playout.port.onmessage = ({ data }: MessageEvent<FromPlayout>) => this.#receive(data);
    this.#tellLatency();
    handPort(playout, port);
    playout.node.connect(context.destination);
  }

  /** How loud the assistant is, 0..1. */
  get level(): number {
    return this.#level;
  }

  /** Silence, and no report any more; resolves when the context may be closed. Safe twice. */
  close(): Promise<void> {
    this.#level = 0;
    this.#closed ??= release(this.#playout);
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
    }
  }

  #tellLatency(): void {
    const { outputLatency, baseLatency } = this.#context;
    // Safari has no `outputLatency` before 18.
    const latencyMs = ((outputLatency as number | undefined) ?? baseLatency ?? 0) * 1000;
    if (Math.abs(latencyMs - this.#latencyMs) < LATENCY_STEP_MS) return;
    this.#latencyMs = latencyMs;
    this.#playout.port.postMessage({ type: 'latency', latencyMs } satisfies ToPlayout);
  }
}
