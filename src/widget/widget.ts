/** `<indigenius-widget>`: joins the owner's config, a call and the card. What a call does, `call/` knows. */

import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Call, CallSettings } from '../call/call.ts';
import { fetchConfig, givenConfig, type LoadedConfig } from '../call/config-source.ts';
import { CallError } from '../call/errors.ts';
import { IDLE, isActive } from '../call/state.ts';
import type { CallStats } from '../call/stats.ts';
import { ConfigLoader } from './config-loader.ts';
import { Drawing } from './drawing.ts';
import { CallErrorEvent } from './error-event.ts';
import type { Action } from './face.ts';
import type { CallSession } from './session.ts';
import { stateMarker } from './states.ts';
import { type CallStart, Telephone } from './telephone.ts';
import { styles } from './widget.styles.ts';

const LIKELY_START = ['pointerenter', 'focusin', 'touchstart'] as const;
const PROXY_URL = '/indigenius';
const JSON_CHILD = ':scope > script[type="application/json"]';

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
  proxyUrl = PROXY_URL;
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
  readonly #mark = stateMarker(this);
  readonly #drawing = new Drawing({
    host: this,
    configs: this.#configs,
    telephone: this.#telephone,
    mark: this.#mark,
    onaction: (action, event) => this.#onaction(action, event),
    onmessage: (message) => this.#onmessage(message),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of LIKELY_START) this.addEventListener(type, this.#onlikelystart, { passive: true });
    this.addEventListener('keydown', pressOnce);
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

  /** In another document than its code's, Lit's own sheet is refused: what draws the card brings a copy. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    try {
      return super.createRenderRoot();
    } catch {
      return this.shadowRoot!;
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.proxyUrl ??= PROXY_URL; // an attribute that is taken away leaves null
    if (changed.has('widgetId') || changed.has('proxyUrl') || changed.has('config')) this.#configs.load();
    this.#drawing.prepare();
  }

  protected override render(): TemplateResult {
    return this.#drawing.draw();
  }

  protected override updated(): void {
    this.#drawing.finish();
  }

  get #state(): CallSession['state'] {
    return this.#telephone.session?.state ?? IDLE;
  }

  async #loadConfig(signal: AbortSignal): Promise<LoadedConfig> {
    const page = this.ownerDocument;
    // With no more of the page behind the tag, what is inside it may not have been read yet either.
    if (!this.config && !this.nextSibling && page.readyState === 'loading') {
      await new Promise((resolve) => page.addEventListener('DOMContentLoaded', resolve));
    }
    const given = this.config ?? (this.querySelector(JSON_CHILD) && (await this.#drawing.look.load()).jsonChild(this));
    if (given) return givenConfig(given);
    if (this.widgetId) return this.loadConfig(signal);
    throw new CallError('widget-unknown', 'Give <indigenius-widget> a widget-id attribute.');
  }

  async #fetchSession(): Promise<CallSession> {
    const { talk, words } = this.#drawing;
    talk.want();
    words.whole.want();
    const [{ CallSession }, { Call }] = await Promise.all([import('./session.ts'), import('../call/call.ts')]);
    const createCall = (settings: () => Promise<CallSettings>): Call => this.createCall(Call, settings);
    return new CallSession({
      host: this,
      configs: this.#configs,
      talk,
      text: () => this.#drawing.text,
      createCall,
      mark: this.#mark,
    });
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
    this.#drawing.retry();
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
        this.#drawing.retry();
        this.#configs.failure = null;
        this.#configs.load();
    }
    this.#telephone.session?.act(action);
  };
}

/** A key that is still held down must not answer what its press has led to: the terms, or a call that is coming. */
function pressOnce(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter' && (event.composedPath()[0] as Element).localName === 'button') {
    event.preventDefault();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'indigenius-widget': IndigeniusWidget;
  }
}
