/** `<indigenius-widget>`: joins the owner's config, a call and the card. What a call does, `call/` knows. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Call, CallSettings } from '../call/call.ts';
import { fetchConfig, givenConfig, type LoadedConfig } from '../call/config-source.ts';
import { CallError } from '../call/errors.ts';
import { IDLE, isActive } from '../call/state.ts';
import type { CallStats } from '../call/stats.ts';
import type { DisplayMode } from '../config/widget-config.ts';
import type { Appearance } from './appearance.ts';
import type { CallSession } from './session.ts';
import { card } from './card.ts';
import { ConfigLoader } from './config-loader.ts';
import { CallErrorEvent } from './error-event.ts';
import { type Action, type Face, face, firstFace, type Moment, unreachableFace, waitingFace } from './face.ts';
import { Lazy } from './lazy.ts';
import { type CallStart, Telephone } from './telephone.ts';
import { first } from './text/en-first.ts';
import { directionOf } from './text/language.ts';
import { styles } from './widget.styles.ts';
import { Words } from './words.ts';

const LIKELY_START = ['pointerenter', 'focusin', 'touchstart'] as const;
const JSON_CHILD = ':scope > script[type="application/json"]';
const NOT_CALLED: Moment = { call: IDLE, patience: 0, nowMs: 0, endedAtMs: 0 };

/**
 * @summary A card from which a visitor talks with an assistant.
 * @tag indigenius-widget
 *
 * @slot - Shown by the browser until the element is defined, and by the card when no call is possible: a phone link.
 * @slot launcher-icon - The picture on the launcher.
 *
 * @fires {CallStartEvent} indigenius-call-start - A call is being started.
 * @fires {CallProgressEvent} indigenius-call-progress - A start has come a stage further.
 * @fires {CallConnectEvent} indigenius-call-connect - The assistant is on the line.
 * @fires {CallEndEvent} indigenius-call-end - The call is over.
 * @fires {TranscriptEvent} indigenius-transcript - Somebody said something, or said it differently.
 * @fires {StateEvent} indigenius-state - The call went from one state to another.
 * @fires {CallErrorEvent} indigenius-error - A call failed, or the widget could not be loaded.
 * @fires {OpenEvent} indigenius-open - The floating card is open.
 * @fires {CloseEvent} indigenius-close - The floating card is put away.
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
 * @csspart launcher - The button that opens a floating card.
 * @csspart launcher-bubble - What is said beside it.
 * @csspart launcher-end-button - Ends a call whose card is put away.
 * @csspart panel - What floats, with the card inside.
 * @csspart close-button - Puts a floating card away.
 *
 * @cssproperty --indigenius-background - The card.
 * @cssproperty --indigenius-text - Its words.
 * @cssproperty --indigenius-button - The primary button, and the assistant's side of the level.
 * @cssproperty --indigenius-button-text - The words on the primary button.
 * @cssproperty --indigenius-launcher - The launcher; as the primary button where nobody says.
 * @cssproperty --indigenius-launcher-text - The words and the picture on it.
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
 * @cssstate open - A floating card is open.
 */
export class IndigeniusWidget extends LitElement {
  static override styles = styles;
  /** Not by decorators: they and their helper would be 0.3 kB of every page. */
  static override properties = {
    widgetId: { attribute: 'widget-id' },
    proxyUrl: { attribute: 'proxy-url' },
    assetBase: { attribute: 'asset-base' },
    config: { attribute: false },
    opened: { type: Boolean, reflect: true },
  };

  /** Which of the owner's widgets this is. */
  widgetId = '';
  /** Where the proxy is: absolute, or relative to the page. */
  proxyUrl = '/indigenius';
  /** A folder that holds the worklet and worker files, where the page's policy wants them elsewhere. */
  assetBase: string | null = null;
  /** A published widget object, in place of what the proxy answers. Also read from a JSON script inside the tag. */
  config: unknown = null;
  /** Whether a floating card is open; a call that starts opens it. */
  opened = false;

  readonly #update = (): void => this.requestUpdate();
  readonly #configs = new ConfigLoader(
    (signal) => this.#loadConfig(signal),
    (failure) => this.#onconfig(failure),
  );
  readonly #telephone = new Telephone(() => this.#fetchSession(), this.#update);
  readonly #look = new Lazy(async () => {
    const look = await import('./look.ts');
    look.watchAppearance(this, this.#update);
    return look;
  }, this.#update);
  readonly #talk = new Lazy(() => import('./talk.ts'), this.#update);
  readonly #words = new Words(this.#update);
  readonly #floating = new Lazy(
    async () => new (await import('./floating.ts')).Floating(this, this.#configs, (...on) => this.#mark(...on)),
    this.#update,
  );
  #internals: ElementInternals | null = null;
  #appearance: Appearance | null = null;
  #face: Face = face(first.loading, {});
  #theme: CSSStyleSheet | null = null;
  #painted = '';

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of LIKELY_START) this.addEventListener(type, this.#onlikelystart, { passive: true });
    addEventListener('online', this.#ononline);
    addEventListener('offline', this.#update);
    if (this.hasUpdated && !this.#configs.config) this.#configs.load();
    this.requestUpdate(); // being taken out has stopped what moves
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.#ononline);
    removeEventListener('offline', this.#update);
    this.#telephone.session?.rest();
    // A move within the page takes the element out and puts it back in one go: that must not cost the call.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#configs.abandon();
      void this.#telephone.end('page');
    });
  }

  /**
   * Starts a call; resolves when the assistant is on the line. Without a fresh gesture of the visitor's, the card asks
   * for one; terms are asked for first. Starting twice is one call.
   *
   * @param options `mode: 'text'` is a call without a microphone; `message` is the first thing the assistant is told
   * @throws CallError with the reason why there is no call
   * @throws DOMException `AbortError` where the visitor, or the page, ended it before it was live
   */
  startCall(options: CallStart = {}): Promise<void> {
    this.opened = true; // the visitor sees what is asked of them
    const started = this.#telephone.start(options);
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

  /** Tells the assistant something in writing; starts a call where there is none. As `startCall` otherwise. */
  async sendMessage(message: string): Promise<void> {
    const { session } = this.#telephone;
    if (session?.say(message)) return;
    await this.startCall({ message });
  }

  /** Opens a floating card. */
  openCard(): void {
    this.opened = true;
  }

  /** Puts a floating card away; a call goes on. */
  closeCard(): void {
    this.opened = false;
  }

  /** Has the assistant stop what it is saying. Nothing outside a live call. */
  interruptCall(): void {
    this.#telephone.session?.call.interrupt();
  }

  /**
   * Where the assistant is heard from now on: an `audiooutput` of `enumerateDevices()`, or '' for the default.
   *
   * @throws OutputError where that speaker can't be had; then nothing changes
   */
  async setSpeaker(deviceId: string): Promise<void> {
    await (await this.#telephone.load()).call.setSpeaker(deviceId);
  }

  /** What is measured of the call at this moment; null outside a live call. */
  async getStats(): Promise<CallStats | null> {
    return (await this.#telephone.session?.call.getStats()) ?? null;
  }

  /** The seam for another kind of call. */
  protected createCall(kind: typeof Call, settings: () => Promise<CallSettings>): Call {
    return new kind(settings);
  }

  /** The seam for another source of configs. Rejects with a `CallError`. */
  protected async loadConfig(signal: AbortSignal): Promise<LoadedConfig> {
    const { proxyUrl, widgetId } = this;
    return fetchConfig({ proxyUrl, widgetId, signal });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('widgetId') || changed.has('proxyUrl') || changed.has('config')) this.#configs.load();
    this.#words.follow(this);
    this.#appearance = this.#look.want()?.appearanceOf(this, this.#configs.config, this.#words.language) ?? null;
    this.#face = this.#makeFace();
    this.#telephone.session?.willShow(this.#face);
  }

  protected override render(): TemplateResult {
    const { session } = this.#telephone;
    const { config } = this.#configs;
    const face = this.#face;
    const appearance = this.#appearance;
    const text = this.#words.first ?? first;
    const { whole } = this.#words;
    const floats = this.#displayMode !== 'card';
    const floating = floats && this.#floating.want();
    const full = floats ? whole.want() : whole.part;
    const view = {
      face,
      text,
      config,
      appearance,
      loading: this.#loading,
      direction: directionOf(text.language),
      sub: session?.assistantName || (config?.kind === 'text' && full?.textAssistant) || text.voiceAssistant,
      corner: nothing,
      onaction: this.#onaction,
    } as const;
    const call = full && {
      text: full,
      lines: session?.lines ?? [],
      muted: session?.muted ?? null,
      onmute: () => session?.onmute(),
      onmessage: this.#onmessage,
    };
    const status = html`<p class="unseen" role="status">${session ? session.announcement : face.announce}</p>`;
    const talk = this.#talk.part;
    if (floating && call && appearance) return floating.draw({ ...view, appearance }, talk, call, status);
    const lost = floats && [this.#look, this.#floating, whole].some(({ failed }) => failed);
    // A card that is there stays until it can float.
    const stays = !floats || this.renderRoot.querySelector('.card');
    return html`${lost ? html`<slot></slot>` : stays ? card(view, talk, call) : nothing}${status}`;
  }

  protected override updated(): void {
    this.#paint(this.shadowRoot!);
    this.#telephone.session?.shown();
  }

  /** Until its look is here, a card that is not said to be one in so many words might float, and gets no room. */
  get #displayMode(): DisplayMode {
    return this.#appearance?.displayMode ?? (this.hasAttribute('display-mode') ? 'fab' : 'card');
  }

  get #parts(): readonly Lazy<unknown>[] {
    return [this.#look, this.#talk, this.#words.whole, this.#floating];
  }

  get #loading(): boolean {
    if (isActive(this.#state) || this.#look.failed) return false;
    const { config, failure } = this.#configs;
    return !this.#appearance || !this.#words.first || (!config && !failure);
  }

  get #state(): CallSession['state'] {
    return this.#telephone.session?.state ?? IDLE;
  }

  async #loadConfig(signal: AbortSignal): Promise<LoadedConfig> {
    const given = this.config ?? (this.querySelector(JSON_CHILD) && (await this.#look.load()).jsonChild(this));
    if (given) return givenConfig(given);
    if (this.widgetId) return this.loadConfig(signal);
    throw new CallError('widget-unknown', 'Give <indigenius-widget> a widget-id attribute.');
  }

  async #fetchSession(): Promise<CallSession> {
    this.#talk.want();
    this.#words.whole.want();
    const [{ CallSession }, { Call }] = await Promise.all([import('./session.ts'), import('../call/call.ts')]);
    const createCall = (settings: () => Promise<CallSettings>): Call => this.createCall(Call, settings);
    return new CallSession({
      host: this,
      configs: this.#configs,
      talk: this.#talk,
      text: () => this.#words.first ?? first,
      createCall,
      mark: (state, on) => this.#mark(state, on),
    });
  }

  #mark(state: string, on: boolean): void {
    try {
      this.#internals ??= this.attachInternals();
      if (on) this.#internals.states.add(state);
      else this.#internals.states.delete(state);
    } catch {
      // Older browsers want dashed names, or know no states at all: there, pages style by the events.
    }
  }

  /** Where not even the call's code could be had, nobody else tells of it. */
  #onnostart(error: unknown): void {
    if (this.#telephone.session || !(error instanceof CallError)) return;
    this.#configs.failure = error;
    this.#onconfig(error);
  }

  #onconfig(failure: CallError | null): void {
    this.requestUpdate();
    if (failure) this.dispatchEvent(new CallErrorEvent(failure));
  }

  readonly #onlikelystart = (): void => this.#telephone.prepare();

  /** What could not be had without a line may be had now. */
  readonly #ononline = (): void => {
    if (this.#configs.failure?.reason === 'unreachable') this.#configs.load();
    for (const part of this.#parts) part.failed = false;
    this.requestUpdate();
  };

  readonly #onmessage = (message: string): void => {
    this.sendMessage(message).catch(() => {}); // the card says why
  };

  readonly #onaction = (action: Action, event: Event): void => {
    // The second half of a double click must not start, end or agree to what the first half led to.
    if ((event as MouseEvent).detail > 1) return;
    switch (action) {
      case 'start':
      case 'type':
        this.startCall(action === 'type' ? { mode: 'text' } : {}).catch(() => {}); // the card says why
        return;
      case 'end':
        void this.endCall();
        return;
      case 'reload':
        for (const part of this.#parts) part.failed = false;
        this.#configs.failure = null;
        this.#configs.load();
    }
    this.#telephone.session?.act(action);
  };

  #makeFace(): Face {
    const { session, waiting } = this.#telephone;
    const text = this.#words.first ?? first;
    if (waiting) return waitingFace(text);
    const { config, failure } = this.#configs;
    const appearance = this.#appearance;
    if (!appearance) return this.#look.failed ? unreachableFace(text) : face(text.loading, { announce: '' });
    const moment = session?.moment ?? NOT_CALLED;
    const situation = { config, appearance, failure, online: navigator.onLine, ...moment };
    const plain = !config || this.#look.part!.isPlain(config, appearance);
    const simple = plain && firstFace(situation, text);
    if (simple) return simple;
    const talk = this.#talk.want();
    const full = this.#words.whole.want();
    if (talk && full) return talk.faceOf(situation, full);
    if (isActive(moment.call)) return waitingFace(text);
    return this.#talk.failed || this.#words.whole.failed ? unreachableFace(text) : face(['', ''], {});
  }

  /** Each sheet goes before those it follows; the theme before what all of them derive. */
  #paint(root: ShadowRoot): void {
    const [base, ...others] = root.adoptedStyleSheets;
    const order = new Set([base!]);
    for (const { part } of [this.#look, this.#talk]) if (part) order.add(part.styles.styleSheet!);
    for (const sheet of others) order.add(sheet);
    if (this.#appearance) {
      this.#theme ??= new CSSStyleSheet();
      if (this.#appearance.theme !== this.#painted) this.#theme.replaceSync(this.#appearance.theme);
      this.#painted = this.#appearance.theme;
      order.delete(this.#theme);
      order.add(this.#theme);
    }
    const sheets = [...order];
    if (sheets.some((sheet, at) => sheet !== root.adoptedStyleSheets[at])) root.adoptedStyleSheets = sheets;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'indigenius-widget': IndigeniusWidget;
  }
}
