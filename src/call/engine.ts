/**
 * One call from the click to the last sample: joins its sound to the gateway and reports facts.
 * Fetched lazily: a page pays for it when somebody calls. It decides nothing about states: `call.ts` does.
 */

import type { Gateway } from '../gateway/gateway.ts';
import { createCall } from '../gateway/session.ts';
import {
  type Consent,
  END_WAIT_MS,
  type GatewayMessage,
  PLAY_OUT_MS,
  PROTOCOL_VERSION,
  type ReadyMessage,
  type StartMessage,
  type TranscriptMessage,
  type Turn,
} from '../protocol/messages.ts';
import { type AudioSettings, offersOf } from './audio-settings.ts';
import { type Closed, outcomeOf } from './closing.ts';
import { CallError } from './errors.ts';
import type { CallFact } from './machine.ts';
import { microphoneAllowed } from './permission.ts';
import type { ProgressStage } from './progress.ts';
import { Sound } from './sound.ts';
import type { EndReason } from './state.ts';
import { type CallStats, callStats } from './stats.ts';
import { warmLine } from './warm-line.ts';

export { warmLine };

export interface EngineOptions {
  /** Made in the visitor's click; the engine closes it. */
  readonly context: AudioContext;
  readonly proxyUrl: string;
  readonly widgetId: string;
  readonly assetBase: string | null;
  readonly language: string | null;
  readonly audio: AudioSettings;
  /** The chosen loudspeaker; '' is the default. */
  readonly speakerId: string;
  readonly consent: Consent | null;
  readonly onfact: (fact: CallFact) => void;
  readonly onprogress: (stage: ProgressStage) => void;
  readonly ontranscript: (line: TranscriptMessage) => void;
}

/** Silence after the gateway's last word that is no gap any more, where it does not close itself. */
const QUIET_MS = 1_500;

/** From the visitor's yes to the microphone until `ready`. */
const READY_WITHIN_MS = 14_000;

export class Engine {
  readonly #options: EngineOptions;
  readonly #abort = new AbortController();
  /** Settles when the call is over. */
  readonly #ended: Promise<null>;
  #settleEnded!: () => void;
  readonly #sound: Sound;
  #gateway: Gateway | null = null;
  #assistantId = '';
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #announced: EndReason | null = null;
  #hint: Turn = 'listening';
  #audible = false;
  #over = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#ended = new Promise((resolve) => (this.#settleEnded = () => resolve(null)));
    const { context, assetBase, audio, speakerId } = options;
    this.#sound = new Sound({
      context,
      assetBase,
      audio,
      speakerId,
      onaudible: (turnId) => this.#hear(turnId),
      onports: (ports) => this.#gateway?.connect(ports),
      onlost: (error) => void this.#finish({ error }),
    });
    this.#run().catch((error: unknown) => this.#finish({ error: CallError.from(error) }));
  }

  /** 0..1 each. */
  levels(): { visitor: number; assistant: number } {
    return this.#sound.levels();
  }

  setMuted(muted: boolean): void {
    if (this.#sound.muted === null || !this.#gateway) return;
    this.#sound.muted = muted;
    this.#gateway.send({ type: 'mute', muted });
    this.#options.onfact({ type: 'muted', muted });
  }

  /** What the assistant is saying stops at once, and is not said. */
  interrupt(): void {
    this.#gateway?.interrupt();
  }

  /** Null until microphone, sound and line are there, and after the end. */
  async getStats(): Promise<CallStats | null> {
    const gateway = this.#gateway;
    if (this.#over || !gateway) return null;
    // A side that is let go meanwhile has nobody left to answer.
    const asked = Promise.all([this.#sound.getStats(), gateway.getStats()]);
    const [sound, line] = (await Promise.race([asked, this.#ended])) ?? [];
    const timestamp = performance.timeOrigin + performance.now();
    return sound && line ? callStats(sound.playout, sound.capture, line, timestamp) : null;
  }

  /** Rejects with an `OutputError`; then the assistant is heard where it was. */
  setSpeaker(deviceId: string): Promise<void> {
    return this.#sound.setSpeaker(deviceId);
  }

  /** Hangs up: microphone and sound stop now, the socket within a second. Safe twice. */
  end(reason: 'visitor' | 'page'): Promise<void> {
    return this.#finish({ reason });
  }

  async #run(): Promise<void> {
    const { assetBase, onprogress } = this.#options;
    const { microphone, speaker } = this.#sound;
    const gateway = warmLine.take({ assetBase, signal: this.#abort.signal });
    // Each is awaited below; one that fails while another is waited for is not unhandled.
    const reached = (stage: ProgressStage) => [() => onprogress(stage), () => {}] as const;
    void gateway.then(...reached('worker'));
    void speaker.then(...reached('speaker'));
    void microphone.then(...reached('microphone'));

    // Without a permission given earlier the browser asks the visitor, who may take minutes or say no: a call made
    // meanwhile would greet nobody, expire, and cost money.
    const allowed = await microphoneAllowed();
    if (!allowed) {
      this.#options.onfact({ type: 'stage', stage: 'microphone' });
      await microphone;
      this.#options.onfact({ type: 'stage', stage: 'preparing' });
    }
    this.#throwIfOver();
    this.#deadline = setTimeout(() => {
      const error = new CallError('timeout', `The gateway was not ready within ${READY_WITHIN_MS} ms.`);
      void this.#finish({ error });
    }, READY_WITHIN_MS);

    const call = await this.#createCall();
    this.#throwIfOver();
    this.#assistantId = call.assistant_id;
    this.#options.onfact({ type: 'created', callId: call.call_id });
    onprogress('created');
    const line = await gateway;
    this.#throwIfOver();
    this.#gateway = line.open({
      url: call.gateway.url,
      start: this.#start(call.call_id),
      ...this.#sound.ports,
      onmessage: (message) => this.#heed(message),
      onclose: (closed) => void this.#closed(closed),
    });
    await Promise.all([microphone, speaker]);
  }

  #createCall(): ReturnType<typeof createCall> {
    const { proxyUrl, widgetId } = this.#options;
    return createCall({ proxyUrl, widgetId, signal: this.#abort.signal });
  }

  #start(callId: string): StartMessage {
    const { widgetId, language, audio, consent } = this.#options;
    return {
      type: 'start',
      version: PROTOCOL_VERSION,
      call_id: callId,
      assistant_id: this.#assistantId,
      widget_id: widgetId,
      mode: 'voice',
      audio: offersOf(audio.encoding),
      ...(language && { language }),
      ...(consent && { consent }),
    };
  }

  #hear(turnId: string | null): void {
    if (this.#over) return;
    this.#audible = turnId !== null;
    if (this.#audible) this.#options.onprogress('first-audio');
    this.#showTurn();
    this.#closeWhenQuiet();
  }

  #heed(message: GatewayMessage): void {
    if (this.#over) return;
    const { onfact, ontranscript } = this.#options;
    switch (message.type) {
      case 'ready':
        return this.#ready(message);
      case 'transcript':
        return ontranscript(message);
      case 'state':
        this.#hint = message.state;
        return this.#showTurn();
      case 'speech':
        return message.active ? onfact({ type: 'warning_over' }) : undefined;
      case 'warning':
        return onfact({ type: 'warned', code: message.code, atMs: performance.now() + message.in_s * 1000 });
      case 'end':
        return this.#announce(message.reason);
    }
  }

  #ready(message: ReadyMessage): void {
    clearTimeout(this.#deadline);
    this.#options.onfact({
      type: 'ready',
      assistantId: this.#assistantId,
      assistantName: message.assistant.name,
      mode: message.audio ? 'voice' : 'text',
      atMs: performance.now(),
    });
    this.#options.onprogress('ready');
  }

  /** "Speaking" is what can be heard; the gateway's hint tells the rest. */
  #showTurn(): void {
    const turn = this.#audible ? 'speaking' : this.#hint === 'speaking' ? 'thinking' : this.#hint;
    this.#options.onfact({ type: 'turn', turn });
  }

  /** The last word: nobody needs the microphone any more, and the goodbye is heard to its end. */
  #announce(reason: EndReason): void {
    this.#announced = reason;
    this.#sound.closeMicrophone();
    this.#options.onfact({ type: 'ending', reason });
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(
      () => void this.#closed({ code: 1000, reason: '', ready: true }),
      PLAY_OUT_MS + END_WAIT_MS,
    );
    this.#closeWhenQuiet();
  }

  /** A gateway closes when its goodbye was heard; one that waits for the client to is not waited for. */
  #closeWhenQuiet(): void {
    clearTimeout(this.#quiet);
    if (this.#announced === null || this.#audible) return;
    this.#quiet = setTimeout(() => void this.#closed({ code: 1000, reason: '', ready: true }), QUIET_MS);
  }

  #throwIfOver(): void {
    if (this.#over) throw new DOMException('The call is over.', 'AbortError');
  }

  #closed(closed: Closed): Promise<void> {
    return this.#finish(outcomeOf(closed, this.#announced));
  }

  /** Every way out leads through here: the fact first, then everything is let go, whatever fails on the way. */
  async #finish(outcome: { reason: Exclude<EndReason, 'error'> } | { error: CallError }): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    this.#settleEnded();
    clearTimeout(this.#deadline);
    clearTimeout(this.#quiet);
    const silent = this.#sound.close();
    const atMs = performance.now();
    this.#options.onfact(
      'error' in outcome
        ? { type: 'ended', reason: 'error', error: outcome.error, atMs }
        : { type: 'ended', reason: outcome.reason, atMs },
    );
    const hangUp = 'error' in outcome ? outcome.error.reason : outcome.reason;
    const hungUp = this.#gateway?.end(hangUp);
    await Promise.allSettled([silent, hungUp]);
    this.#abort.abort();
  }
}
