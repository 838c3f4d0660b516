/** `<indigenius-widget>`: joins the owner's config, a call and the card. What a call does, `call/` knows. */

import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Call, CallSettings, TranscriptLine } from '../call/call.ts';
import { fetchConfig } from '../call/config-source.ts';
import { CallError } from '../call/errors.ts';
import { type CallState, IDLE, isActive } from '../call/state.ts';
import { DEFAULT_CONFIG, type WidgetConfig } from '../config/widget-config.ts';
import { card } from './card.ts';
import {
  CallConnectEvent,
  CallEndEvent,
  CallErrorEvent,
  CallStartEvent,
  StateEvent,
  TranscriptEvent,
} from './events.ts';
import { type Action, type Face, face, firstFace } from './face.ts';
import type { Meter } from './meter.ts';
import { Patience } from './patience.ts';
import type * as Talk from './talk.ts';
import { Telephone } from './telephone.ts';
import { first } from './text/en-first.ts';
import { themeOf } from './theme.ts';
import { styles } from './widget.styles.ts';

/** Lines of captions that are kept. */
const MAX_LINES = 200;
const LIKELY_START = ['pointerenter', 'focusin', 'touchstart'] as const;

/**
 * @summary A card from which a visitor talks with an assistant.
 * @tag indigenius-widget
 *
 * @slot - Shown by the browser until the element is defined, and by the card when no call is possible: a phone link.
 *
 * @fires {CallStartEvent} indigenius-call-start - A call is being started.
 * @fires {CallConnectEvent} indigenius-call-connect - The assistant is on the line.
 * @fires {CallEndEvent} indigenius-call-end - The call is over.
 * @fires {TranscriptEvent} indigenius-transcript - Somebody said something, or said it differently.
 * @fires {StateEvent} indigenius-state - The call went from one state to another.
 * @fires {CallErrorEvent} indigenius-error - A call failed, or the widget could not be loaded.
 *
 * @csspart card - The whole card.
 * @csspart header - The line at the top.
 * @csspart avatar - The round picture in the header.
 * @csspart meter - The level of both voices, or the state's picture.
 * @csspart status - The state in words, and the timer.
 * @csspart help - What to do next.
 * @csspart transcript - The captions.
 * @csspart terms - The terms that wait to be accepted.
 * @csspart fallback - The slot with the page's own content.
 * @csspart controls - The line of buttons.
 * @csspart start-button - The primary button outside a call.
 * @csspart end-button - The primary button in a call.
 * @csspart mute-button - The microphone switch.
 * @csspart decline-button - The way out of the terms.
 *
 * @cssproperty --indigenius-background - The card.
 * @cssproperty --indigenius-text - Its words.
 * @cssproperty --indigenius-button - The primary button, and the assistant's side of the level.
 * @cssproperty --indigenius-button-text - The words on the primary button.
 * @cssproperty --indigenius-border - Lines.
 * @cssproperty --indigenius-focus-outline - The outline of what has the keyboard's focus.
 * @cssproperty --indigenius-card-radius - The card's corners.
 * @cssproperty --indigenius-button-radius - The buttons' corners.
 *
 * @cssstate idle - No call yet.
 * @cssstate consent - The terms wait to be accepted.
 * @cssstate starting - A call is being started.
 * @cssstate connecting - The line is being opened.
 * @cssstate live - The assistant is on the line.
 * @cssstate ended - The last call is over.
 */
export class IndigeniusWidget extends LitElement {
  static override styles = styles;
  /** Not by decorators: they and their helper would be 0.3 kB of every page. */
  static override properties = {
    widgetId: { attribute: 'widget-id' },
    proxyUrl: { attribute: 'proxy-url' },
    assetBase: { attribute: 'asset-base' },
  };

  /** Which of the owner's widgets this is. */
  widgetId = '';
  /** Where the proxy is: absolute, or relative to the page. */
  proxyUrl = '/indigenius';
  /** A folder that holds the worklet and worker files, where the page's policy wants them elsewhere. */
  assetBase: string | null = null;

  #config: WidgetConfig | null = null;
  #failure: CallError | null = null;
  #loading: { readonly config: Promise<WidgetConfig>; readonly abort: AbortController } | null = null;
  /** A call waits for the config, and tells of its failure itself. */
  #awaited = false;

  readonly #telephone = new Telephone(
    () => this.#fetchCall(),
    () => this.requestUpdate(),
  );
  #state: CallState = IDLE;
  #lines: readonly TranscriptLine[] = [];
  /** `call-start` was fired and its `call-end` was not. */
  #reported = false;

  /** What only a call needs to be shown; fetched when one is likely. */
  #talk: typeof Talk | null = null;
  #talkAsked: Promise<void> | null = null;
  #talkFailed = false;
  #meter: Meter | null = null;
  #nowMs = 0;
  #endedAtMs = 0;
  #ticking: ReturnType<typeof setInterval> | undefined;
  readonly #patience = new Patience(() => this.requestUpdate());
  #face: Face = face(first.loading, {});
  #announced = '';
  #announcement = '';
  #hadFocus = false;
  #internals: ElementInternals | null = null;
  #theme: CSSStyleSheet | null = null;
  #painted: WidgetConfig | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#internals ??= this.attachInternals();
    for (const type of LIKELY_START) this.addEventListener(type, this.#onlikelystart, { passive: true });
    if (this.hasUpdated && !this.#config) this.#load();
    this.requestUpdate(); // being taken out has stopped what moves
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#rest();
    // A move within the page takes the element out and puts it back in one go: that must not cost the call.
    queueMicrotask(() => {
      if (this.isConnected) return;
      if (!this.#config) {
        this.#loading?.abort.abort();
        this.#loading = null;
      }
      void this.#telephone.end('page');
    });
  }

  /**
   * Starts a call; resolves when the assistant is on the line. Without a fresh gesture of the visitor's, the card asks
   * for one; terms are asked for first. Starting twice is one call.
   *
   * @throws CallError with the reason why there is no call
   * @throws DOMException `AbortError` where the visitor, or the page, ended it before it was live
   */
  startCall(): Promise<void> {
    const started = this.#telephone.start();
    started.catch((error: unknown) => this.#onnostart(error));
    return started;
  }

  /** Ends the call; resolves when the microphone is let go. Safe at any time. */
  async endCall(): Promise<void> {
    await this.#telephone.end('visitor');
  }

  /** Starts a call, or ends the one under way. */
  toggleCall(): Promise<void> {
    return isActive(this.#state) || this.#telephone.waiting ? this.endCall() : this.startCall();
  }

  /** The seam for another kind of call. */
  protected async createCall(settings: () => Promise<CallSettings>): Promise<Call> {
    const { Call } = await import('../call/call.ts');
    return new Call(settings);
  }

  /** The seam for another source of configs. Rejects with a `CallError`. */
  protected async loadConfig(signal: AbortSignal): Promise<WidgetConfig> {
    return (await fetchConfig({ proxyUrl: this.proxyUrl, widgetId: this.widgetId, signal })).config;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('widgetId') || changed.has('proxyUrl')) this.#load();
    this.#hadFocus = !!this.shadowRoot?.activeElement;
    this.#face = this.#makeFace();
    const { announce } = this.#face;
    if (announce !== this.#announced) this.#announcement = this.#announced = announce;
  }

  protected override render(): TemplateResult {
    const live = this.#state.name === 'live' ? this.#state : null;
    return card(
      {
        face: this.#face,
        text: first,
        loading: !this.#config && !this.#failure && !isActive(this.#state),
        callToAction: this.#config?.callToAction ?? first.callToAction,
        assistantName: live?.assistantName ?? '',
        lines: this.#lines,
        muted: live && live.muted,
        announcement: this.#announcement,
        onaction: this.#onaction,
        onmute: () => this.#telephone.call?.setMuted(!live?.muted),
        ondecline: () => this.#telephone.call?.declineTerms(),
      },
      this.#talk,
    );
  }

  protected override updated(): void {
    const root = this.shadowRoot!;
    this.#paint(root);
    if (this.#hadFocus && !root.activeElement) {
      (root.querySelector<HTMLElement>('.primary') ?? root.querySelector<HTMLElement>('.body'))?.focus();
    }
    const bars = root.querySelectorAll('i');
    if (this.#talk && this.isConnected && this.#state.name === 'live' && bars.length) {
      this.#meter ??= new this.#talk.Meter(() => this.#telephone.call!.levels());
      this.#meter.start([...bars]);
    } else this.#meter?.stop();
    this.#tick();
  }

  async #fetchCall(): Promise<Call> {
    const call = await this.createCall(this.#settings);
    call.onstate = this.#onstate;
    call.ontranscript = this.#ontranscript;
    return call;
  }

  /** Where not even the call's code could be had, nobody else tells of it. */
  #onnostart(error: unknown): void {
    if (this.#telephone.call || !(error instanceof CallError)) return;
    this.#failure = error;
    this.requestUpdate();
    this.dispatchEvent(new CallErrorEvent(error));
  }

  readonly #settings = async (): Promise<CallSettings> => {
    // After a failure the owner may have changed something: the terms, say.
    if (!this.#loading || (this.#state.name === 'ended' && this.#state.error)) this.#load();
    this.#awaited = true;
    const config = await this.#latestConfig().finally(() => (this.#awaited = false));
    const { proxyUrl, widgetId, assetBase } = this;
    return { proxyUrl, widgetId, config, assetBase, language: this.lang || null };
  };

  /** Of the widget that the attributes name in the end, however often they change meanwhile. */
  async #latestConfig(): Promise<WidgetConfig> {
    for (;;) {
      const loading = this.#loading!;
      try {
        return await loading.config;
      } catch (error) {
        if (!this.#loading || !loading.abort.signal.aborted) throw error;
      }
    }
  }

  #load(): void {
    this.#loading?.abort.abort();
    const abort = new AbortController();
    const config = this.widgetId
      ? this.loadConfig(abort.signal)
      : Promise.reject(new CallError('widget-unknown', 'Give <indigenius-widget> a widget-id attribute.'));
    this.#loading = { config, abort };
    config.then(
      (loaded) => this.#onconfig(abort, loaded, null),
      (error: unknown) => this.#onconfig(abort, null, CallError.from(error)),
    );
  }

  #onconfig({ signal }: AbortController, config: WidgetConfig | null, failure: CallError | null): void {
    if (signal.aborted) return;
    this.#config = config;
    this.#failure = failure;
    this.requestUpdate();
    if (!failure) return;
    this.#loading = null;
    if (!this.#awaited) this.dispatchEvent(new CallErrorEvent(failure));
  }

  readonly #onstate = (next: CallState): void => {
    const previous = this.#state;
    this.#state = next;
    this.#nowMs = performance.now();
    this.#patience.waiting = next.name === 'starting' || next.name === 'connecting';
    this.requestUpdate();
    if (next.name !== previous.name) this.#report(next, previous);
  };

  #report(next: CallState, { name: previous }: CallState): void {
    const { name } = next;
    try {
      this.#internals?.states.delete(previous);
      this.#internals?.states.add(name);
    } catch {
      // Older browsers want dashed names, or know no states at all: there, pages style by the events.
    }
    if (name === 'starting') {
      this.#lines = [];
      this.#talkFailed = false;
    }
    this.dispatchEvent(new StateEvent({ state: name, previous }));
    if (name === 'starting') {
      this.#reported = true;
      this.dispatchEvent(new CallStartEvent());
    } else if (name === 'live') {
      this.dispatchEvent(new CallConnectEvent({ callId: next.callId, assistantId: next.assistantId }));
    } else if (name === 'ended' && this.#reported) {
      this.#reported = false;
      this.#endedAtMs = this.#nowMs;
      const { reason, durationMs, callId, error } = next;
      if (error) this.dispatchEvent(new CallErrorEvent(error));
      this.dispatchEvent(new CallEndEvent({ reason, durationMs, callId, ...(error && { error }) }));
    }
  }

  readonly #ontranscript = (line: TranscriptLine): void => {
    const known = this.#lines.find(({ id }) => id === line.id);
    this.#lines = known
      ? this.#lines.map((old) => (old === known ? line : old))
      : [...this.#lines, line].slice(-MAX_LINES);
    // Said again, cut at what was heard, it is no news.
    if (line.final && !known?.final) {
      this.#announcement = `${line.role === 'user' ? first.you : first.assistant}: ${line.text}`;
    }
    this.requestUpdate();
    this.dispatchEvent(new TranscriptEvent(line));
  };

  readonly #onlikelystart = (): void => {
    for (const type of LIKELY_START) this.removeEventListener(type, this.#onlikelystart);
    void this.#fetchTalk();
    this.#telephone.prepare();
  };

  readonly #onaction = (action: Action, event: Event): void => {
    // The second half of a double click must not start, end or agree to what the first half led to.
    if ((event as MouseEvent).detail > 1) return;
    const { call } = this.#telephone;
    if (action === 'start') this.startCall().catch(() => {}); // the card says why
    if (action === 'gesture') call?.giveGesture();
    if (action === 'agree') call?.acceptTerms();
    if (action === 'end') void this.endCall();
    if (action === 'reload') {
      this.#failure = null;
      this.#talkFailed = false;
      this.#load();
      this.requestUpdate();
    }
  };

  #makeFace(): Face {
    const situation = {
      config: this.#config,
      failure: this.#failure,
      call: this.#state,
      patience: this.#patience.level,
      nowMs: this.#nowMs,
      endedAtMs: this.#endedAtMs,
    };
    if (this.#telephone.waiting) return face(['', ''], { action: 'end', label: first.cancel });
    const simple = firstFace(situation, first);
    if (simple) return simple;
    if (this.#talk) return this.#talk.faceOf(situation, this.#talk.en);
    const active = isActive(this.#state);
    if (this.#talkFailed && !active) {
      return face(first.unreachable, { fallback: true, action: 'reload', label: first.retry });
    }
    if (!this.#talkFailed) void this.#fetchTalk();
    return face(['', ''], active ? { action: 'end', label: first.cancel } : {});
  }

  #fetchTalk(): Promise<void> {
    return (this.#talkAsked ??= import('./talk.ts')
      .then(
        (talk) => {
          this.#talk = talk;
          return void this.shadowRoot!.adoptedStyleSheets.push(talk.styles.styleSheet!);
        },
        () => {
          this.#talkFailed = true;
          this.#talkAsked = null;
        },
      )
      .finally(() => this.requestUpdate()));
  }

  #paint(root: ShadowRoot): void {
    if (this.#theme && this.#config === this.#painted) return;
    if (!this.#theme) root.adoptedStyleSheets.push((this.#theme = new CSSStyleSheet()));
    this.#painted = this.#config;
    this.#theme.replaceSync(themeOf(this.#config ?? DEFAULT_CONFIG));
  }

  /** Once a second while something on the card counts. */
  #tick(): void {
    const state = this.#state;
    const untilMs = state.name === 'ended' ? this.#endedAtMs + (state.error?.retryAfterS ?? 0) * 1000 : 0;
    if (!this.isConnected || (state.name !== 'live' && performance.now() > untilMs)) return this.#rest();
    this.#ticking ??= setInterval(() => {
      this.#nowMs = performance.now();
      this.requestUpdate();
    }, 1000);
  }

  #rest(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.#meter?.stop();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'indigenius-widget': IndigeniusWidget;
  }
}
