/**
 * A call without any UI: start it, watch its state, end it. It asks for what must be asked first (terms, a click), runs
 * the engine, and turns the engine's facts into states. Starting twice is one call; ending always reaches
 * `ended` and always releases the microphone. A call in writing has no sound, and asks for nothing that sound needs.
 */

import { openContext } from '../audio/sound-context.ts';
import type { WidgetConfig } from '../config/widget-config.ts';
import type { createCall } from '../gateway/session.ts';
import type { Consent, Mode, TranscriptMessage } from '../protocol/messages.ts';
import type { AudioSettings } from './audio-settings.ts';
import { Engine } from './engine.ts';
import { CallError } from './errors.ts';
import { contextOfGesture, dropContext } from './gesture.ts';
import { type CallFact, transition } from './machine.ts';
import { type Hold, holdMicrophone } from './microphone-holder.ts';
import type { CallProgress, ProgressStage } from './progress.ts';
import { type CallState, IDLE, isActive } from './state.ts';
import type { CallStats } from './stats.ts';
import { warmLine } from './warm-line.ts';

export interface CallSettings {
  /** Where the proxy is: absolute, or relative to the page. */
  readonly proxyUrl: string;
  /** Empty for a call through no widget. */
  readonly widgetId: string;
  /**
   * Where the call comes from if not from the proxy: asked once, as soon as the visitor has given the microphone. May
   * reject with a `CallError`.
   */
  readonly createCall?: typeof createCall;
  readonly config: WidgetConfig;
  /** A folder that holds the worklet and worker files, where the page's policy wants them elsewhere. */
  readonly assetBase: string | null;
  /** BCP 47, or null for the assistant's own. */
  readonly language: string | null;
  /** The owner's choices about sound; what is left out is `DEFAULT_AUDIO`'s. */
  readonly audio?: Partial<AudioSettings>;
  /** Aloud or in writing; what is left out is the config's `kind`. */
  readonly mode?: Mode;
  /** Whether the browser may keep, for later calls, what is learnt of the line; true by default. */
  readonly remember?: boolean;
}

export interface StartOptions {
  /** Aloud or in writing, whatever the settings say. Without it a gesture has a context opened, to be on the safe side. */
  readonly mode?: Mode;
  /** Said in writing as soon as the call is live. */
  readonly message?: string;
  /** Opened in the click by a caller who had to fetch this code first; the call's from here on. */
  readonly context?: AudioContext | null;
  /** `performance.now()` of that click. */
  readonly startedMs?: number;
}

export type TranscriptLine = Pick<TranscriptMessage, 'id' | 'role' | 'text' | 'final'>;

/** One request to start, from the first press to live, or to the reason why not. */
class Attempt {
  context: AudioContext | null = null;
  settings: CallSettings | null = null;
  engine: Engine | null = null;
  /** Null until the settings are here, where the start did not say. */
  mode: Mode | null;
  hold: Hold | null = null;
  consent: Consent | null = null;
  /** The terms were accepted; their proof is being made. */
  agreed = false;
  /** `performance.now()` of the start, or of the click that it waited for. */
  startedMs: number;
  readonly reached = new Set<ProgressStage>();
  resolve!: () => void;
  reject!: (reason: unknown) => void;
  readonly live = new Promise<void>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  constructor(startedMs: number, mode: Mode | null) {
    this.mode = mode;
    this.startedMs = startedMs;
  }
}

/** What a call in writing does without. */
const loadSound = () => import('./call-sound.ts');

/** Beside whatever else has to come first; the launch reports what becomes of it. */
function fetchSound(mode: Mode | undefined): void {
  if (mode !== 'text') loadSound().catch(() => {});
}

export class Call {
  onstate: ((state: CallState) => void) | null = null;
  ontranscript: ((line: TranscriptLine) => void) | null = null;
  onprogress: ((progress: CallProgress) => void) | null = null;

  readonly #settings: () => Promise<CallSettings>;
  #state: CallState = IDLE;
  #speakerId = '';
  #attempt: Attempt | null = null;
  /** A yes counts for the very text that was shown, for as long as this page is open. */
  #accepted: { readonly terms: string; readonly consent: Consent } | null = null;

  /** @param settings asked at each start; may reject with a `CallError` */
  constructor(settings: () => Promise<CallSettings>) {
    this.#settings = settings;
  }

  get state(): CallState {
    return this.#state;
  }

  /**
   * A start is likely: fetches the sound's code, and has the socket's worker wait for it for a minute. Asks for nothing
   * and tells nobody.
   *
   * @param assetBase as in the settings of the start to come
   * @param mode as in the start to come
   */
  prepare(assetBase: string | null = null, mode: Mode = 'voice'): void {
    if (this.#attempt) return;
    fetchSound(mode);
    warmLine.keep(assetBase);
  }

  /**
   * Resolves when the call is live. Waits for the terms, and aloud for a click where no gesture of the visitor's is
   * fresh. Of one under way already, another start can only bring the gesture, and something to say. Aloud, it ends
   * whichever other call has the microphone of this page.
   * @throws CallError with the reason why it did not come about
   * @throws DOMException `AbortError` where the visitor, or the page, ended it before it was live: that is no failure
   */
  start({
    mode,
    message,
    context = contextFor(mode),
    startedMs = performance.now(),
  }: StartOptions = {}): Promise<void> {
    const attempt = this.#attempt ?? new Attempt(startedMs, mode ?? null);
    if (message) attempt.live.then(() => this.sendText(message)).catch(() => {}); // the caller hears of it
    if (attempt === this.#attempt) {
      this.#takeGesture(attempt, context);
      return attempt.live;
    }
    fetchSound(mode);
    attempt.context = context;
    this.#attempt = attempt;
    addEventListener('pagehide', this.#onpagehide);
    this.#begin(attempt).catch((error: unknown) => this.#fail(attempt, error));
    return attempt.live;
  }

  /** The visitor clicked what state `starting`, stage `gesture` asked for. Call it synchronously in the click. */
  giveGesture(): void {
    const attempt = this.#attempt;
    if (!attempt || this.#state.name !== 'starting' || this.#state.stage !== 'gesture') return;
    attempt.startedMs = performance.now();
    this.#openContext(attempt);
    this.#launch(attempt);
  }

  /** The visitor accepted the terms that state `consent` shows. Call it synchronously in the click. */
  acceptTerms(): void {
    const attempt = this.#attempt;
    if (!attempt || this.#state.name !== 'consent' || attempt.agreed) return;
    attempt.agreed = true;
    attempt.startedMs = performance.now();
    this.#openContext(attempt);
    const { terms } = this.#state;
    consentTo(terms).then(
      (consent) => {
        attempt.consent = consent;
        this.#accepted = { terms, consent };
        if (this.#attempt === attempt) this.#launch(attempt);
      },
      (error: unknown) => this.#fail(attempt, error),
    );
  }

  declineTerms(): void {
    this.#leaveTerms(new CallError('terms-declined', 'The visitor declined the terms.'));
  }

  /** Resolves when microphone, sound and socket are let go. Safe at any time. */
  end(reason: 'visitor' | 'page' = 'visitor'): Promise<void> {
    return this.#end(reason);
  }

  async #end(reason: 'visitor' | 'page' | 'replaced'): Promise<void> {
    if (reason === 'page') warmLine.drop();
    const attempt = this.#attempt;
    if (!attempt) return;
    if (this.#state.name === 'consent') return this.#leaveTerms(endedEarly());
    if (attempt.engine) return attempt.engine.end(reason);
    this.#onfact(attempt, { type: 'ended', reason, atMs: performance.now() });
  }

  setMuted(muted: boolean): void {
    if (this.#state.name === 'live') this.#attempt?.engine?.setMuted(muted);
  }

  /** How loud both sides are at this moment, 0..1 each. */
  levels(): { visitor: number; assistant: number } {
    return this.#attempt?.engine?.levels() ?? { visitor: 0, assistant: 0 };
  }

  /** The visitor wants the assistant to stop talking: what it is saying ends at once. */
  interrupt(): void {
    if (this.#state.name === 'live') this.#attempt?.engine?.interrupt();
  }

  /**
   * The visitor typed something, in either mode: it is shown as a line of its own at once, and answered; what the
   * assistant is saying aloud ends. What is longer than the gateway takes is cut.
   *
   * @returns whether it was sent: not where it is empty, nor outside a live call
   */
  sendText(text: string): boolean {
    return (this.#state.name === 'live' && this.#attempt?.engine?.sendText(text)) || false;
  }

  /** What is measured of the call at this moment; null outside a live call, and in writing. */
  async getStats(): Promise<CallStats | null> {
    if (this.#state.name !== 'live') return null;
    return (await this.#attempt?.engine?.getStats()) ?? null;
  }

  /**
   * Where the assistant is heard from now on, and on later calls of this page: an `audiooutput` of
   * `enumerateDevices()`, or '' for the browser's default. Rejects with an `OutputError` where the speaker can't be
   * had; then nothing changes.
   */
  async setSpeaker(deviceId: string): Promise<void> {
    await this.#attempt?.engine?.setSpeaker(deviceId);
    this.#speakerId = deviceId;
  }

  #leaveTerms(reason: CallError | DOMException): void {
    const attempt = this.#attempt;
    if (!attempt || this.#state.name !== 'consent') return;
    this.#forget(attempt);
    this.#apply({ type: 'terms_declined' });
    attempt.reject(reason);
  }

  /** A start that joins one under way may bring the click that this one waits for. */
  #takeGesture(attempt: Attempt, context: AudioContext | null): void {
    if (!context) return;
    if (attempt.context || attempt.engine || this.#state.name === 'consent') {
      return dropContext(context);
    }
    attempt.context = context;
    if (this.#state.name !== 'starting' || this.#state.stage !== 'gesture') return;
    attempt.startedMs = performance.now();
    this.#launch(attempt);
  }

  readonly #onpagehide = (): void => void this.end('page');

  async #begin(attempt: Attempt): Promise<void> {
    const settings = await this.#settings();
    if (this.#attempt !== attempt) return;
    attempt.settings = settings;
    const { availability, kind, terms } = settings.config;
    const mode = (attempt.mode ??= settings.mode ?? (kind === 'text' ? 'text' : 'voice'));
    if (!isSecureContext && (mode === 'voice' || terms !== null)) {
      const what = 'the microphone, and what proves that terms were accepted,';
      throw new CallError('insecure-context', `Browsers give ${what} to https pages and to localhost only.`);
    }
    if (kind === 'elsewhere') throw new CallError('other-channel', 'This widget is for another channel than the web.');
    if (availability !== 'active') throw new CallError(availability, "Set the widget's status to active.");
    if (terms !== null && this.#accepted?.terms === terms) attempt.consent = this.#accepted.consent;
    if (terms !== null && !attempt.consent) {
      // The yes to the terms is a click of its own, with a context of its own.
      this.#dropContext(attempt);
      return this.#apply({ type: 'terms_shown', terms });
    }
    this.#launch(attempt);
  }

  #openContext(attempt: Attempt): void {
    if (attempt.mode === 'text') return;
    try {
      attempt.context ??= openContext();
    } catch (error) {
      this.#fail(attempt, error);
    }
  }

  /** Everything has been asked; the rest runs by itself. */
  #launch(attempt: Attempt): void {
    if (this.#attempt !== attempt) return;
    if (attempt.mode === 'text') this.#dropContext(attempt);
    else if (!attempt.context) return this.#apply({ type: 'started', stage: 'gesture' });
    this.#apply({ type: 'started', stage: 'preparing' });
    this.#apply({ type: 'stage', stage: 'preparing' });
    this.#startEngine(attempt).catch((error: unknown) => this.#fail(attempt, error));
  }

  async #startEngine(attempt: Attempt): Promise<void> {
    let withSound: Awaited<ReturnType<typeof loadSound>> | null = null;
    try {
      if (attempt.mode === 'voice') withSound = await loadSound();
    } catch (cause) {
      throw new CallError('unreachable', "The sound's file could not be fetched from beside the widget's.", { cause });
    }
    this.#reach(attempt, 'code');
    // Who heard of it may have ended the call.
    if (this.#attempt !== attempt || attempt.engine) return;
    const { proxyUrl, widgetId, createCall, assetBase, language, audio, remember } = attempt.settings!;
    if (withSound) {
      attempt.hold = holdMicrophone(() => this.#end('replaced'));
      await attempt.hold.free;
      if (this.#attempt !== attempt) return;
    }
    const { context } = attempt;
    const speakerId = this.#speakerId;
    attempt.context = null; // the engine's from here
    attempt.engine = new Engine({
      openSound:
        withSound &&
        ((events) => new withSound.Sound({ context: context!, assetBase, audio, speakerId, remember, ...events })),
      proxyUrl,
      widgetId,
      createCall,
      assetBase,
      language,
      consent: attempt.consent,
      onfact: (fact) => this.#onfact(attempt, fact),
      onprogress: (stage) => this.#reach(attempt, stage),
      ontranscript: ({ id, role, text, final }) => this.#tell(() => this.ontranscript?.({ id, role, text, final })),
    });
  }

  #onfact(attempt: Attempt, fact: CallFact): void {
    if (this.#attempt !== attempt) return;
    if (fact.type === 'ended') this.#forget(attempt);
    this.#apply(fact);
    if (fact.type === 'ready') attempt.resolve();
    if (fact.type === 'ended') {
      // What the visitor agreed to are not the terms any more.
      if (fact.error?.reason === 'terms-declined') this.#accepted = null;
      attempt.reject(fact.error ?? endedEarly());
    }
  }

  #reach(attempt: Attempt, stage: ProgressStage): void {
    if (this.#attempt !== attempt || attempt.reached.has(stage)) return;
    attempt.reached.add(stage);
    const ms = Math.round(performance.now() - attempt.startedMs);
    this.#tell(() => this.onprogress?.({ stage, ms }));
  }

  #fail(attempt: Attempt, thrown: unknown): void {
    if (this.#attempt !== attempt) return;
    const error = CallError.from(thrown);
    // A failure on the way to the first question still is a call that ended.
    if (!isActive(this.#state)) this.#apply({ type: 'started', stage: 'preparing' });
    this.#onfact(attempt, { type: 'ended', reason: 'error', error, atMs: performance.now() });
  }

  /** From here on the attempt is over; its late answers fall on deaf ears. */
  #forget(attempt: Attempt): void {
    this.#attempt = null;
    removeEventListener('pagehide', this.#onpagehide);
    attempt.hold?.release();
    this.#dropContext(attempt);
    attempt.live.catch(() => {}); // who pressed a button reads the card, not the promise
  }

  #dropContext(attempt: Attempt): void {
    dropContext(attempt.context);
    attempt.context = null;
  }

  #apply(fact: CallFact): void {
    const next = transition(this.#state, fact);
    if (next === this.#state) return;
    this.#state = next;
    this.#tell(() => this.onstate?.(next));
  }

  /** What a page does with the news is its own affair: its errors must not stop a call from being let go. */
  #tell(news: () => void): void {
    try {
      news();
    } catch (error) {
      reportError(error);
    }
  }
}

/** In writing nobody needs one. */
function contextFor(mode: Mode | undefined): AudioContext | null {
  return mode === 'text' ? null : contextOfGesture();
}

function endedEarly(): DOMException {
  return new DOMException('The call was ended before it was live.', 'AbortError');
}

async function consentTo(terms: string): Promise<Consent> {
  const acceptedAt = new Date().toISOString();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(terms));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { terms_sha256: hex, accepted_at: acceptedAt };
}
