/**
 * What a widget shows: out of the owner's config, the page's attributes and the call, a card. Fetches what that is drawn
 * with when it is needed, and shows what can be shown until then.
 */

import { html, nothing, type TemplateResult } from 'lit';
import { IDLE, isActive } from '../call/state.ts';
import type { DisplayMode } from '../config/widget-config.ts';
import type { Appearance } from './appearance.ts';
import { card } from './card.ts';
import type { ConfigLoader } from './config-loader.ts';
import { type Action, type Face, face, firstFace, type Moment, unreachableFace, waitingFace } from './face.ts';
import type { FloatingHost } from './floating.ts';
import { Lazy } from './lazy.ts';
import type { Sheets } from './sheets.ts';
import type { Telephone } from './telephone.ts';
import { type FirstText, first } from './text/en-first.ts';
import { directionOf } from './text/language.ts';
import { styles } from './widget.styles.ts';
import { Words } from './words.ts';

const NOT_CALLED: Moment = { call: IDLE, patience: 0, nowMs: 0, endedAtMs: 0 };

export interface DrawingOptions {
  readonly host: FloatingHost;
  readonly configs: ConfigLoader;
  readonly telephone: Telephone;
  readonly mark: (state: string, on: boolean) => void;
  readonly onaction: (action: Action, event: Event) => void;
  readonly onmessage: (message: string) => void;
}

export class Drawing {
  readonly look;
  readonly talk;
  readonly words;

  readonly #options: DrawingOptions;
  readonly #floating;
  #sheets: Sheets | null = null;
  #appearance: Appearance | null = null;
  #face: Face = face(first.loading, {});

  constructor(options: DrawingOptions) {
    this.#options = options;
    const { host, configs, mark } = options;
    const update = (): void => host.requestUpdate();
    this.look = new Lazy(async () => {
      const look = await import('./look.ts');
      look.watchAppearance(host);
      return look;
    }, update);
    this.talk = new Lazy(() => import('./talk.ts'), update);
    this.words = new Words(update);
    this.#floating = new Lazy(async () => new (await import('./floating.ts')).Floating(host, configs, mark), update);
  }

  /** The visitor's words, as far as they are here. */
  get text(): FirstText {
    return this.words.first ?? first;
  }

  /** What could not be fetched may be had now. */
  retry(): void {
    for (const part of [this.look, this.talk, this.words.whole, this.#floating]) part.failed = false;
  }

  /** Before each update. */
  prepare(): void {
    const { host, configs, telephone } = this.#options;
    this.words.follow(host);
    this.#appearance = this.look.want()?.appearanceOf(host, configs.config, this.words.language) ?? null;
    this.#face = this.#makeFace();
    telephone.session?.willShow(this.#face);
  }

  draw(): TemplateResult {
    const { host, configs, telephone, onaction, onmessage } = this.#options;
    const { session } = telephone;
    const { config } = configs;
    const face = this.#face;
    const appearance = this.#appearance;
    const { text } = this;
    const { whole } = this.words;
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
      onaction,
    } as const;
    const call = full && {
      text: full,
      lines: session?.lines ?? [],
      muted: session?.muted ?? null,
      onmute: () => session?.onmute(),
      onmessage,
    };
    const status = html`<p class="unseen" role="status">${session ? session.announcement : face.announce}</p>`;
    const talk = this.talk.part;
    if (floating && call && appearance) return floating.draw({ ...view, appearance }, talk, call, status);
    const lost = floats && [this.look, this.#floating, whole].some(({ failed }) => failed);
    // A card that is there stays until it can float.
    const stays = !floats || host.shadowRoot?.querySelector('.card');
    return html`${lost ? html`<slot></slot>` : stays ? card(view, talk, call) : nothing}${status}`;
  }

  /** After each update. */
  finish(): void {
    const { host, telephone } = this.#options;
    const look = this.look.part;
    if (look && this.#appearance) {
      this.#sheets ??= new look.Sheets();
      const parts = [look, this.talk.part, this.#displayMode !== 'card' && this.#floating.part];
      const sheets = parts.flatMap((part) => (part ? part.styles.styleSheet! : []));
      this.#sheets.adopt(host.shadowRoot!, [styles.styleSheet!, ...sheets], this.#appearance.theme);
    }
    telephone.session?.shown();
  }

  /** Until its look is here, what is said to be something else than a card might float, and gets no room. */
  get #displayMode(): DisplayMode {
    const said = this.#options.host.getAttribute('display-mode') ?? 'card';
    return this.#appearance?.displayMode ?? (said === 'card' ? said : 'fab');
  }

  get #moment(): Moment {
    return this.#options.telephone.session?.moment ?? NOT_CALLED;
  }

  get #loading(): boolean {
    if (isActive(this.#moment.call) || this.look.failed) return false;
    const { config, failure } = this.#options.configs;
    return !this.#appearance || !this.words.first || (!config && !failure);
  }

  #makeFace(): Face {
    const { configs, telephone } = this.#options;
    const { text } = this;
    if (telephone.waiting) return waitingFace(text);
    const { config, failure } = configs;
    const appearance = this.#appearance;
    if (!appearance) return this.look.failed ? unreachableFace(text) : face(text.loading, { announce: '' });
    const situation = { config, appearance, failure, online: navigator.onLine, ...this.#moment };
    const plain = !config || this.look.part!.isPlain(config, appearance);
    const simple = plain && firstFace(situation, text);
    if (simple) return simple;
    const talk = this.talk.want();
    const full = this.words.whole.want();
    if (talk && full) return talk.faceOf(situation, full);
    if (isActive(situation.call)) return waitingFace(text);
    return this.talk.failed || this.words.whole.failed ? unreachableFace(text) : face(['', ''], {});
  }
}
