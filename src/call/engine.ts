/**
 * One call from the click to the last sample: joins the microphone and the speaker to the gateway and reports facts.
 * Fetched lazily: a page pays for it when somebody calls. It decides nothing about states: `call.ts` does.
 */

import { Microphone } from '../audio/microphone.ts';
import { closeContext } from '../audio/sound-context.ts';
import { Speaker } from '../audio/speaker.ts';
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
import type { ProgressStage } from './progress.ts';
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
  readonly #uplink = new MessageChannel();
  readonly #downlink = new MessageChannel();
  #microphone: Microphone | null = null;
  #speaker: Speaker | null = null;
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
    this.#run().catch((error: unknown) => this.#finish({ error: CallError.from(error) }));
  }

  /** 0..1 each. */
  levels(): { visitor: number; assistant: number } {
    return { visitor: this.#microphone?.level ?? 0, assistant: this.#speaker?.level ?? 0 };
  }

  setMuted(muted: boolean): void {
    if (!this.#microphone || !this.#gateway) return;
    this.#microphone.muted = muted;
    this.#gateway.send({ type: 'mute', muted });
    this.#options.onfact({ type: 'muted', muted });
  }

  /** What the assistant is saying stops at once, and is not said. */
  interrupt(): void {
    this.#gateway?.interrupt();
  }

  /** Null until microphone, sound and line are there, and after the end. */
  async getStats(): Promise<CallStats | null> {
    const [speaker, microphone, gateway] = [this.#speaker, this.#microphone, this.#gateway];
    if (this.#over || !speaker || !microphone || !gateway) return null;
    try {
      const asked = Promise.all([speaker.getStats(), microphone.getStats(), gateway.getStats()]);
      // A side that is let go meanwhile has nobody left to answer.
      const stats = await Promise.race([asked, this.#ended]);
      return stats && callStats(...stats, performance.timeOrigin + performance.now());
    } catch (error) {
      if (this.#over) return null;
      throw error;
    }
  }

  /** Hangs up: microphone and sound stop now, the socket within a second. Safe twice. */
  end(reason: 'visitor' | 'page'): Promise<void> {
    return this.#finish({ reason });
  }

  async #run(): Promise<void> {
    const { context, assetBase, audio, onprogress } = this.#options;
    const { echoCancellation, noiseSuppression, autoGainControl, frameMs } = audio;
    const processing = { echoCancellation, noiseSuppression, autoGainControl };
    const { signal } = this.#abort;
    const gateway = warmLine.take({ assetBase, signal });
    const speaker = Speaker.open({ context, assetBase, signal, port: this.#downlink.port1 });
    const { port1: port } = this.#uplink;
    const microphone = Microphone.open({ context, assetBase, signal, port, processing, frameMs });
    // Each is awaited below; one that fails while another is waited for is not unhandled.
    gateway.then(
      () => onprogress('worker'),
      () => {},
    );
    speaker.then(
      (speaker) => this.#take(speaker),
      () => {},
    );
    microphone.then(
      (microphone) => this.#take(microphone),
      () => {},
    );

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
      uplink: this.#uplink.port2,
      downlink: this.#downlink.port2,
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

  /** Keeps what was opened, or lets it go at once where the call is over already. */
  #take(opened: Microphone | Speaker): void {
    const late = this.#over || (this.#announced !== null && opened instanceof Microphone);
    if (late) return void opened.close();
    const { onprogress } = this.#options;
    if (opened instanceof Microphone) {
      this.#microphone = opened;
      onprogress('microphone');
      opened.onended = () => {
        const error = new CallError('microphone-missing', 'The microphone was unplugged or taken away in the call.');
        void this.#finish({ error });
      };
    } else {
      this.#speaker = opened;
      onprogress('speaker');
      opened.onaudible = (turnId) => {
        this.#audible = turnId !== null;
        if (this.#audible) onprogress('first-audio');
        this.#showTurn();
        this.#closeWhenQuiet();
      };
    }
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
    void this.#microphone?.close();
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
    const silent = [this.#microphone, this.#speaker].map(async (sound) => sound?.close());
    const atMs = performance.now();
    this.#options.onfact(
      'error' in outcome
        ? { type: 'ended', reason: 'error', error: outcome.error, atMs }
        : { type: 'ended', reason: outcome.reason, atMs },
    );
    const hangUp = 'error' in outcome ? outcome.error.reason : outcome.reason;
    const hungUp = this.#gateway?.end(hangUp);
    const closed = Promise.allSettled(silent).then(() => closeContext(this.#options.context));
    await Promise.allSettled([closed, hungUp]);
    this.#abort.abort();
    for (const { port1, port2 } of [this.#uplink, this.#downlink]) {
      port1.close();
      port2.close();
    }
  }
}

/** Whether the browser will give the microphone without asking; false where it can't be known. */
async function microphoneAllowed(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'microphone' });
    return state === 'granted';
  } catch {
    return false;
  }
}
