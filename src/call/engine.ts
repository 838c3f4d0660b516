/**
 * One call from the click to the last sample, or in writing to the last word: joins its sound, where it has any, to the
 * gateway and reports facts. It decides nothing about states: `call.ts` does.
 */

import { holdPage } from '../audio/hold-page.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { GatewayStats } from '../gateway/ports.ts';
import { createCall } from '../gateway/session.ts';
import {
  CloseCode,
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
import type { Sound, SoundEvents } from './call-sound.ts';
import { brokenLine, type Closed } from './broken-line.ts';
import type { Outcome } from './closing.ts';
import { CallError } from './errors.ts';
import type { CallFact } from './machine.ts';
import { microphoneAllowed } from './permission.ts';
import type { ProgressStage } from './progress.ts';
import type { EndReason } from './state.ts';
import type { CallStats } from './stats.ts';
import { typed } from './typed.ts';
import { warmLine } from './warm-line.ts';
import { LOOK_EVERY_MS, WeakLine } from './weak-line.ts';

export interface EngineOptions {
  /** Opens the sound, which the engine closes; null for a call in writing. */
  readonly openSound: ((events: SoundEvents) => Sound) | null;
  readonly proxyUrl: string;
  /** Empty for a call through no widget. */
  readonly widgetId: string;
  /** In place of the proxy. */
  readonly createCall?: typeof createCall | undefined;
  readonly assetBase: string | null;
  readonly language: string | null;
  readonly consent: Consent | null;
  readonly onfact: (fact: CallFact) => void;
  readonly onprogress: (stage: ProgressStage) => void;
  readonly ontranscript: (line: Pick<TranscriptMessage, 'id' | 'role' | 'text' | 'final'>) => void;
}

/** Silence after the gateway's last word that is no gap any more, where it does not close itself. */
const QUIET_MS = 1_500;

/** From the visitor's yes to the microphone, or in writing from the start, until `ready`. */
const READY_WITHIN_MS = 14_000;

export class Engine {
  readonly #options: EngineOptions;
  readonly #abort = new AbortController();
  /** Settles when the call is over. */
  readonly #ended: Promise<null>;
  #settleEnded!: () => void;
  /** Null in writing. */
  readonly #sound: Sound | null;
  readonly #letGo = holdPage();
  #gateway: Gateway | null = null;
  #assistantId = '';
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #announced: EndReason | null = null;
  #hint: Turn = 'listening';
  #audible = false;
  #over = false;
  #written = 0;
  #looking: ReturnType<typeof setInterval> | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#ended = new Promise((resolve) => (this.#settleEnded = () => resolve(null)));
    this.#sound =
      options.openSound?.({
        onaudible: (turnId) => this.#hear(turnId),
        onports: (ports) => this.#gateway?.connect(ports),
        onlost: (error) => void this.#finish({ error }),
      }) ?? null;
    this.#run().catch((error: unknown) => this.#finish({ error: CallError.from(error) }));
  }

  /** 0..1 each. */
  levels(): { visitor: number; assistant: number } {
    return this.#sound?.levels() ?? { visitor: 0, assistant: 0 };
  }

  setMuted(muted: boolean): void {
    if (!this.#sound || this.#sound.muted === null || !this.#gateway) return;
    this.#sound.muted = muted;
    this.#gateway.send({ type: 'mute', muted });
    this.#options.onfact({ type: 'muted', muted });
  }

  /** What the assistant is saying stops at once, and is not said. */
  interrupt(): void {
    this.#gateway?.interrupt();
  }

  /** Whether there was something to send, and it was sent. Shown at once; the gateway's echo takes its place. */
  sendText(text: string): boolean {
    const line = { id: `w${++this.#written}`, text: typed(text) };
    if (!line.text || !this.#gateway || this.#announced !== null) return false;
    this.#gateway.send({ type: 'text', ...line });
    this.#options.ontranscript({ ...line, role: 'user', final: false });
    this.#options.onfact({ type: 'warning_over' });
    return true;
  }

  /** Null in writing, until microphone, sound and line are there, and after the end. */
  async getStats(): Promise<CallStats | null> {
    const asked = await this.#ask();
    if (!asked) return null;
    const timestamp = performance.timeOrigin + performance.now();
    const { callStats } = await import('./stats.ts');
    return callStats(asked.playout, asked.capture, asked.line, timestamp);
  }

  /** Rejects with an `OutputError`; then the assistant is heard where it was. */
  async setSpeaker(deviceId: string): Promise<void> {
    await this.#sound?.setSpeaker(deviceId);
  }

  /** Hangs up: microphone and sound stop now, the socket within a second. Safe twice. */
  end(reason: 'visitor' | 'page' | 'replaced'): Promise<void> {
    return this.#finish({ reason });
  }

  async #run(): Promise<void> {
    const { assetBase, onprogress } = this.#options;
    const { microphone, speaker } = this.#sound ?? {};
    const gateway = warmLine.take({ assetBase, signal: this.#abort.signal });
    // Each is awaited below; one that fails while another is waited for is not unhandled.
    const reached = (stage: ProgressStage) => [() => onprogress(stage), () => {}] as const;
    void gateway.then(...reached('worker'));
    void speaker?.then(...reached('speaker'));
    void microphone?.then(...reached('microphone'));

    // Without a permission given earlier the browser asks the visitor, who may take minutes or say no: a call made
    // meanwhile would greet nobody, expire, and cost money.
    if (microphone && !(await microphoneAllowed())) {
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
      ...(this.#sound?.ports ?? { uplink: null, downlink: null }),
      onmessage: (message) => this.#heed(message),
      onclose: (closed) => void this.#closed(closed),
    });
    await Promise.all([microphone, speaker]);
  }

  #createCall(): ReturnType<typeof createCall> {
    const { proxyUrl, widgetId, createCall: create = createCall } = this.#options;
    return create({ proxyUrl, widgetId, signal: this.#abort.signal });
  }

  #start(callId: string): StartMessage {
    const { widgetId, language, consent } = this.#options;
    return {
      type: 'start',
      version: PROTOCOL_VERSION,
      call_id: callId,
      assistant_id: this.#assistantId,
      ...(widgetId && { widget_id: widgetId }),
      // In writing it stays: a format that is offered is one that may be used later.
      mode: this.#sound ? 'voice' : 'text',
      audio: this.#sound?.offers ?? { up: [], down: [] },
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
        return this.#showTurn(message.state);
      // In writing a turn is over when it has come.
      case 'turn_start':
        return this.#sound ? undefined : this.#showTurn('thinking');
      case 'turn_end':
      case 'clear':
        return this.#sound ? undefined : this.#showTurn('listening');
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
    if (message.audio) this.#watchLine();
  }

  #watchLine(): void {
    const weakLine = new WeakLine();
    this.#looking = setInterval(async () => {
      // Nobody sees it, and a page in the background does what it can do without.
      const asked = document.hidden ? null : await this.#ask();
      if (!asked) return weakLine.skip();
      if (!this.#over) this.#options.onfact({ type: 'weak', weak: weakLine.look(asked.playout, asked.line) });
    }, LOOK_EVERY_MS);
  }

  /** Null where not all of them can answer. */
  async #ask(): Promise<(Awaited<ReturnType<Sound['getStats']>> & { line: GatewayStats }) | null> {
    const [sound, gateway] = [this.#sound, this.#gateway];
    if (this.#over || !sound || !gateway) return null;
    // A side that is let go meanwhile has nobody left to answer.
    const asked = Promise.all([sound.getStats(), gateway.getStats()]);
    const [heard, line] = (await Promise.race([asked, this.#ended])) ?? [];
    return heard && line ? { ...heard, line } : null;
  }

  /** "Speaking" is what can be heard; the gateway's hint tells the rest. */
  #showTurn(hint = this.#hint): void {
    this.#hint = hint;
    const turn = this.#audible ? 'speaking' : this.#hint === 'speaking' ? 'thinking' : this.#hint;
    this.#options.onfact({ type: 'turn', turn });
  }

  /** The last word: nobody needs the microphone any more, and the goodbye is heard to its end. */
  #announce(reason: EndReason): void {
    this.#announced = reason;
    this.#sound?.closeMicrophone();
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

  /** Who closes with a code of its own can be reached, and so can the code that reads it; nobody waits for it long. */
  async #closed(closed: Closed): Promise<void> {
    const announced = this.#announced;
    if (announced !== null && announced !== 'error') return this.#finish({ reason: announced });
    const broken = { error: brokenLine(closed) };
    if (closed.code === CloseCode.abnormal) return this.#finish(broken);
    this.#sound?.closeMicrophone();
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => void this.#finish(broken), END_WAIT_MS);
    const outcome = await import('./closing.ts').then(
      ({ outcomeOf }) => outcomeOf(closed, announced),
      () => null,
    );
    return this.#finish(outcome ?? broken);
  }

  /** Every way out leads through here: the fact first, then everything is let go, whatever fails on the way. */
  async #finish(outcome: Outcome): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    this.#settleEnded();
    clearTimeout(this.#deadline);
    clearTimeout(this.#quiet);
    clearInterval(this.#looking);
    this.#letGo();
    const silent = this.#sound?.close();
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
