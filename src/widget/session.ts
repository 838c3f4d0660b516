/**
 * A widget's side of its calls: what they need to know, what the page hears of them, and what there is to draw. Fetched
 * beside the call's own code, when a call is likely.
 */

import type { Call, CallSettings, TranscriptLine } from '../call/call.ts';
import type { LoadedConfig } from '../call/config-source.ts';
import { preconnect } from '../call/preconnect.ts';
import { type CallState, IDLE } from '../call/state.ts';
import { CallError } from '../call/errors.ts';
import { mayStore } from './attribute.ts';
import { readAudioAttributes } from './audio-attributes.ts';
import type { ConfigLoader } from './config-loader.ts';
import { CallErrorEvent } from './error-event.ts';
import {
  CallConnectEvent,
  CallEndEvent,
  CallProgressEvent,
  CallStartEvent,
  StateEvent,
  TranscriptEvent,
} from './events.ts';
import type { Action, Face, Moment } from './face.ts';
import type { Lazy } from './lazy.ts';
import type { Meter } from './meter.ts';
import { Patience } from './patience.ts';
import type * as Talk from './talk.ts';
import type { FirstText } from './text/en-first.ts';

/** The element, as far as its calls have to do with it. */
export interface CallHost extends HTMLElement {
  readonly widgetId: string;
  readonly proxyUrl: string;
  readonly assetBase: string | null;
  requestUpdate(): void;
}

export interface CallSessionOptions {
  readonly host: CallHost;
  readonly configs: ConfigLoader;
  readonly createCall: (settings: () => Promise<CallSettings>) => Call;
  /** What a call is drawn with. */
  readonly talk: Lazy<typeof Talk>;
  /** The visitor's words, as far as they are here. */
  readonly text: () => FirstText;
  /** Sets or takes back a state that page CSS may select. */
  readonly mark: (state: string, on: boolean) => void;
}

/** Closer to the end of the captions than this, in CSS pixels, is at their end. */
const LINE_PX = 20;
/** Lines of captions that are kept. */
const MAX_LINES = 200;

export class CallSession {
  readonly call: Call;
  state: CallState = IDLE;
  lines: readonly TranscriptLine[] = [];
  /** What a screen reader is told: of the face, or of what was said, whichever changed last. */
  announcement = '';

  readonly #options: CallSessionOptions;
  readonly #patience: Patience;
  #announced = '';
  #focused: Element | null = null;
  #atEnd = true;
  #nowMs = 0;
  #endedAtMs = 0;
  /** `call-start` was fired and its `call-end` was not. */
  #reported = false;
  #meter: Meter | null = null;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(options: CallSessionOptions) {
    this.#options = options;
    this.#patience = new Patience(() => options.host.requestUpdate());
    this.call = options.createCall(() => this.#settings());
    this.call.onstate = (state) => this.#heed(state);
    this.call.ontranscript = (line) => this.#keep(line);
    this.call.onprogress = (progress) => options.host.dispatchEvent(new CallProgressEvent(progress));
  }

  /** Who is, or was, on the line; empty before. */
  assistantName = '';

  /** Null where there is no microphone to mute. */
  get muted(): boolean | null {
    return this.state.name === 'live' && this.state.mode === 'voice' ? this.state.muted : null;
  }

  get moment(): Moment {
    return { call: this.state, patience: this.#patience.level, nowMs: this.#nowMs, endedAtMs: this.#endedAtMs };
  }

  readonly onmute = (): void => this.call.setMuted(!this.muted);

  /** Tells the assistant something in writing; false where there is no call to tell it in. */
  say(message: string): boolean {
    return this.call.sendText(message);
  }

  /** A start is likely: makes ready what can be without asking for anything, sending anything or creating a call. */
  prepare(): void {
    const { host, configs } = this.#options;
    if (configs.config && configs.config.availability !== 'active') return;
    this.call.prepare(host.assetBase, configs.config?.kind === 'text' ? 'text' : 'voice');
    preconnect(host.proxyUrl);
    configs.loaded?.then(
      ({ gatewayOrigin }) => gatewayOrigin && preconnect(gatewayOrigin),
      () => {}, // the loader tells
    );
  }

  /** A press of the primary button that neither starts nor ends a call. Call it synchronously in the click. */
  act(action: Action): void {
    if (action === 'gesture') this.call.giveGesture();
    if (action === 'agree') this.call.acceptTerms();
    if (action === 'decline') this.call.declineTerms();
  }

  /** Before each update, which will show this face. */
  willShow({ announce }: Face): void {
    const root = this.#options.host.shadowRoot;
    this.#focused = root?.activeElement ?? null;
    const said = root?.querySelector('.said');
    this.#atEnd = !said || said.scrollHeight - said.scrollTop - said.clientHeight < LINE_PX;
    if (announce !== this.#announced) this.announcement = this.#announced = announce;
  }

  /** After each update: keeps the focus on the card, and moves what moves while there is something to move. */
  shown(): void {
    const { state, call } = this;
    const talk = this.#options.talk.part;
    const root = this.#options.host.shadowRoot!;
    if (this.#focused && !root.activeElement) {
      // Whoever was writing may be in the middle of a word: its next space must not press a button.
      const order = this.#focused.localName === 'input' ? ['.said', '.primary'] : ['.primary', '.body'];
      order
        .map((one) => root.querySelector<HTMLElement>(one))
        .find(Boolean)
        ?.focus();
    }
    // Whoever has scrolled back reads on; to the others the newest words are shown.
    const said = root.querySelector('.said');
    if (said && this.#atEnd) said.scrollTop = said.scrollHeight;
    const bars = [...root.querySelectorAll('i')];
    const { isConnected } = this.#options.host;
    if (talk && isConnected && state.name === 'live' && bars.length) {
      this.#meter ??= new talk.Meter(() => call.levels());
      this.#meter.start(bars);
    } else this.#meter?.stop();
    const untilMs = state.name === 'ended' ? this.#endedAtMs + (state.error?.retryAfterS ?? 0) * 1000 : 0;
    if (isConnected && (state.name === 'live' || performance.now() <= untilMs)) this.#tick();
    else this.rest();
  }

  /** Nothing moves any more. */
  rest(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.#meter?.stop();
  }

  /** Once a second while something on the card counts. */
  #tick(): void {
    this.#ticking ??= setInterval(() => {
      this.#nowMs = performance.now();
      this.#options.host.requestUpdate();
    }, 1000);
  }

  async #settings(): Promise<CallSettings> {
    const { host, configs } = this.#options;
    // After a failure the owner may have changed something: the terms, say.
    if (!configs.loaded || (this.state.name === 'ended' && this.state.error)) configs.load();
    configs.awaited = true;
    const { config } = await this.#latest().finally(() => (configs.awaited = false));
    const { proxyUrl, assetBase, lang } = host;
    const widgetId = host.widgetId || config.widgetId;
    if (!widgetId) throw new CallError('widget-unknown', 'Give <indigenius-widget> a widget-id attribute.');
    return {
      proxyUrl,
      widgetId,
      config,
      assetBase,
      language: lang || null,
      audio: readAudioAttributes(host),
      remember: mayStore(host),
    };
  }

  /** The config of the widget that the attributes name in the end, however often they change meanwhile. */
  async #latest(): Promise<LoadedConfig> {
    const { configs } = this.#options;
    // The element heeds what the page has just set only after it.
    const isLatest = (loaded: unknown): boolean => !configs.loaded || configs.loaded === loaded;
    for (;;) {
      const { loaded } = configs;
      try {
        const latest = await loaded!;
        if (isLatest(loaded)) return latest;
      } catch (error) {
        if (isLatest(loaded)) throw error;
      }
    }
  }

  #heed(next: CallState): void {
    const previous = this.state;
    this.state = next;
    if (next.name === 'live') this.assistantName = next.assistantName;
    else if (next.name === 'starting') this.assistantName = '';
    this.#nowMs = performance.now();
    this.#patience.waiting = next.name === 'starting' || next.name === 'connecting';
    this.#options.host.requestUpdate();
    if (next.name !== previous.name) this.#report(next, previous);
  }

  #report(next: CallState, { name: previous }: CallState): void {
    const { name } = next;
    const { host, mark, talk } = this.#options;
    mark(previous, false);
    mark(name, true);
    if (name === 'starting') {
      this.lines = [];
      if (!talk.part) talk.load().catch(() => {}); // again, where it failed before
    }
    host.dispatchEvent(new StateEvent({ state: name, previous }));
    if (name === 'starting') {
      this.#reported = true;
      host.dispatchEvent(new CallStartEvent());
    } else if (name === 'live') {
      host.dispatchEvent(new CallConnectEvent({ callId: next.callId, assistantId: next.assistantId }));
    } else if (name === 'ended' && this.#reported) {
      this.#reported = false;
      this.#endedAtMs = this.#nowMs;
      const { reason, durationMs, callId, error } = next;
      if (error) host.dispatchEvent(new CallErrorEvent(error));
      host.dispatchEvent(new CallEndEvent({ reason, durationMs, callId, ...(error && { error }) }));
    }
  }

  #keep(line: TranscriptLine): void {
    const { host, text } = this.#options;
    const known = this.lines.find(({ id }) => id === line.id);
    this.lines = known
      ? this.lines.map((old) => (old === known ? line : old))
      : [...this.lines, line].slice(-MAX_LINES);
    // Said again, cut at what was heard, it is no news.
    if (line.final && !known?.final) {
      const { you, assistant } = text();
      this.announcement = `${line.role === 'user' ? you : assistant}: ${line.text}`;
    }
    host.requestUpdate();
    host.dispatchEvent(new TranscriptEvent(line));
  }
}
