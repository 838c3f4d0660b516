/**
 * The card as a launcher opens it, or as the whole window. Both live in the browser's top layer, where nothing of the
 * page can cover, clip or displace them. Fetched only where an owner asks for either; `card.ts` draws what is inside.
 */

import { html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import type { Position } from '../config/widget-config.ts';
import type { Appearance } from './appearance.ts';
import { type Card, card, type CardCall, icon, PHONE } from './card.ts';
import type { ConfigLoader } from './config-loader.ts';
import type { Face } from './face.ts';
import { styles } from './floating.styles.ts';
import { dismiss, isDismissed } from './floating-bubble.ts';
import { CloseEvent, OpenEvent } from './floating-events.ts';
import { VisibleWindow } from './floating-viewport.ts';
import type * as Talk from './talk.ts';

const CHAT =
  'M4.5 4h11A1.5 1.5 0 0 1 17 5.5v7a1.5 1.5 0 0 1-1.5 1.5H9l-4 3.5V14h-.5A1.5 1.5 0 0 1 3 12.5v-7A1.5 1.5 0 0 1 4.5 4Z';
const DOWN = 'M4 7.5l6 6 6-6';
const UP = 'M4 12.5l6-6 6 6';
const CROSS = 'M5 5l10 10M15 5 5 15';
const DASH = 'M4 10h12';

/** Where there is no room for a card beside the page: it becomes a sheet that lies over it. */
const SMALL = '(max-width: 480px), (max-height: 480px) and (max-width: 960px)';
const STOPS = 'a[href], button:not(:disabled), input, select, textarea, [tabindex="0"]';
const WRITABLE = 'input, select, textarea, [contenteditable]';

/** A card whose look is known. */
type SeenCard = Card & { readonly appearance: Appearance };

/** The element, as far as this has to do with it. */
export interface FloatingHost extends ReactiveElement {
  readonly widgetId: string;
  opened: boolean;
  endCall(): Promise<void>;
}

/** Every launcher that a page shows, in the order of coming: two in one corner stand on each other's shoulders. */
const docks = new Set<Floating>();

export class Floating implements ReactiveController {
  readonly styles = styles;

  readonly #host: FloatingHost;
  readonly #configs: ConfigLoader;
  readonly #mark: (state: string, on: boolean) => void;
  readonly #small = matchMedia(SMALL);
  readonly #window = new VisibleWindow();
  /** Drawn in this update. */
  #view: SeenCard | null = null;
  #open = false;
  /** Where the launcher stands; null while there is none. */
  #place: Position | null = null;
  /** The visitor's own press opens or closes. */
  #pressed = false;
  #hadFocus = false;
  /** What had the focus before the page opened the card. */
  #origin: HTMLElement | null = null;
  #inCall = false;
  /** A call has ended behind the launcher, and nobody has looked yet. */
  #news = false;
  /** The owner's bubble has had its answer. */
  #answered = false;

  constructor(host: FloatingHost, configs: ConfigLoader, mark: (state: string, on: boolean) => void) {
    this.#host = host;
    this.#configs = configs;
    this.#mark = mark;
    host.addController(this);
  }

  /** @param status what a screen reader is told; it stays inside what is modal */
  draw(view: SeenCard, talk: typeof Talk | null, call: CardCall, status: TemplateResult): TemplateResult {
    const { face, appearance } = view;
    if (appearance.displayMode === 'fullscreen') {
      this.#view = view;
      return html`<div class="float whole" popover="manual">${card(view, talk, call)}${status}</div>`;
    }
    const { opened } = this.#host;
    const { config, failure } = this.#configs;
    // A launcher in colours that are not the owner's, or one that leads nowhere, is worse than none.
    if (!config && !(failure && opened)) return html`${failure ? html`<slot></slot>` : nothing}${status}`;
    this.#view = view;
    this.#follow(face);
    const { open, close, minimise } = call.text;
    const title = appearance.texts.title ?? view.text.callToAction;
    const small = this.#small.matches;
    const modal = small && opened;
    const away = this.#inCall ? minimise : close;
    const corner = html`<button part="close-button" aria-label=${away} title=${away} @click=${this.#onclose}>
      ${icon(this.#inCall ? DASH : CROSS)}
    </button>`;
    return html`<div
      class="float ${appearance.position.replace('-', ' ')}${small ? ' small' : ''}${opened ? ' open' : ''}"
      popover="manual"
      role=${modal ? 'dialog' : nothing}
      aria-modal=${modal ? 'true' : nothing}
      aria-label=${modal ? title : nothing}
      @keydown=${this.#onkeydown}
    >
      ${modal ? html`<div class="scrim" @click=${this.#onclose}></div>` : nothing}
      <div class="dock">
        ${this.#launcher(view, opened ? close : open)}
        ${
          face.action === 'end' && !opened
            ? html`<button
                class="hang-up"
                part="launcher-end-button"
                aria-label=${face.label}
                title=${face.label}
                @click=${this.#onend}
              >
                <span class="down">${icon(PHONE)}</span>
              </button>`
            : nothing
        }
      </div>
      ${
        opened
          ? html`<div
              class="panel"
              id="panel"
              part="panel"
              role=${modal ? nothing : 'dialog'}
              aria-label=${modal ? nothing : title}
              tabindex="-1"
            >
              ${card({ ...view, corner }, talk, call)}
            </div>`
          : this.#bubble(view, call)
      }
      ${status}
    </div>`;
  }

  hostConnected(): void {
    // Not the query's own change: Firefox has been seen to keep it to itself on a busy machine.
    addEventListener('resize', this.#onresize);
  }

  hostDisconnected(): void {
    removeEventListener('resize', this.#onresize);
    this.#leave();
  }

  hostUpdate(): void {
    this.#view = null;
    this.#hadFocus = this.#host.contains(this.#activeElement);
  }

  hostUpdated(): void {
    const view = this.#view;
    if (!view || !this.#host.isConnected) {
      // Without a config a card is there only as long as it is open.
      if (this.#open && !this.#host.opened) this.#tell(false);
      return this.#leave();
    }
    const float = this.#find('.float')!;
    // Chrome before 114, Firefox before 125 and Safari before 17 have the highest z-index instead.
    if ('popover' in float && !float.matches(':popover-open')) float.showPopover();
    const { displayMode, position } = view.appearance;
    const launched = displayMode === 'fab';
    const { opened } = this.#host;
    if (launched ? opened && this.#small.matches : true) this.#window.watch(float);
    else this.#window.rest();
    this.#stand(launched ? position : null, float);
    if (launched && opened !== this.#open) this.#turn(opened, view.face);
    else if (launched && this.#hadFocus && !this.#host.contains(this.#activeElement)) this.#focus(opened, view.face);
    this.#mark('open', launched && opened);
    this.#pressed = false;
  }

  get #root(): ShadowRoot {
    return this.#host.shadowRoot!;
  }

  /** As the page sees it: the element itself where the focus is inside. */
  get #activeElement(): HTMLElement | null {
    return (this.#host.getRootNode() as Document | ShadowRoot).activeElement as HTMLElement | null;
  }

  #find(selector: string): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>(selector);
  }

  #launcher(view: SeenCard, word: string): TemplateResult {
    const { appearance, config, face, text, direction } = view;
    const { opened } = this.#host;
    const label = appearance.texts.launcherLabel ?? text.callToAction;
    const live = this.#inCall && !opened;
    const { clock } = live ? face : { clock: '' };
    const own = config?.launcherImage
      ? html`<img src=${config.launcherImage} alt="" />`
      : icon(config?.kind === 'text' ? CHAT : PHONE);
    const shape = config?.showLabel ? 'pill' : 'round';
    const time = clock && html`<time>${clock}</time>`;
    // What counts takes the place of words that keep theirs: a launcher never changes its size.
    return html`<button
      class="launcher ${shape}${clock ? ' timed' : ''}"
      part="launcher"
      dir=${direction}
      aria-label="${clock && `${clock} `}${label}: ${word}"
      aria-haspopup="dialog"
      aria-expanded=${opened}
      aria-controls="panel"
      @click=${this.#onlauncher}
    >
      ${
        opened
          ? icon(appearance.position.startsWith('top') ? UP : DOWN)
          : html`<slot name="launcher-icon">${own}</slot>`
      }${
        config?.showLabel ? html`<span class="said-on">${time}<bdi>${label}</bdi></span>` : time
      }${live ? html`<span class="dot"></span>` : nothing}
    </button>`;
  }

  /** What the owner says to who has not come yet; or what a call behind the launcher wants, or came to. */
  #bubble({ face, appearance, direction }: SeenCard, { text }: CardCall): TemplateResult | typeof nothing {
    const wanted = this.#news || (this.#inCall && face.action !== 'end');
    const owners = this.#inCall || this.#isAnswered(appearance.texts.bubble) ? null : appearance.texts.bubble;
    const words = wanted ? face.title : owners;
    if (!words) return nothing;
    return html`<div class="bubble" part="launcher-bubble" dir=${direction}>
      <button @click=${this.#onlauncher} dir="auto">${words}</button>
      <button aria-label=${text.dismiss} title=${text.dismiss} @click=${this.#ondismiss}>${icon(CROSS)}</button>
    </div>`;
  }

  get #bubbleKey(): string {
    return this.#configs.config?.widgetId ?? this.#host.widgetId;
  }

  #isAnswered(bubble: string | null): boolean {
    this.#answered ||= bubble !== null && isDismissed(this.#host, this.#bubbleKey);
    return this.#answered;
  }

  #follow({ action }: Face): void {
    const { opened } = this.#host;
    const inCall = action === 'end' || action === 'agree' || action === 'gesture';
    if (opened || inCall) this.#news = false;
    else if (this.#inCall && !this.#pressed) this.#news = true;
    if (opened) this.#answered = true;
    this.#inCall = inCall;
  }

  /** It has been drawn open, or put away. */
  #turn(opened: boolean, face: Face): void {
    if (opened) {
      const active = this.#activeElement;
      const before = active === document.body || this.#host.contains(active) ? null : active;
      this.#origin = this.#pressed ? null : before;
      // Nobody who is at something else is torn away from it by a page that opens the card of its own accord.
      const asked = navigator.userActivation?.isActive && !before?.matches(WRITABLE);
      if (this.#pressed || this.#hadFocus || asked || this.#small.matches) this.#focus(true, face);
    } else if (this.#pressed || this.#hadFocus) this.#focus(false, face);
    this.#tell(opened);
  }

  #tell(opened: boolean): void {
    this.#open = opened;
    this.#host.dispatchEvent(opened ? new OpenEvent() : new CloseEvent());
  }

  #focus(opened: boolean, { action }: Face): void {
    // A key that is still held down must not hang up.
    const inside = (action === 'end' ? null : this.#find('.primary')) ?? this.#find('.panel');
    const outside = this.#origin?.isConnected ? this.#origin : this.#find('.launcher');
    (opened ? inside : outside)?.focus({ preventScroll: true });
  }

  #stand(place: Position | null, float: HTMLElement | null): void {
    if (place !== this.#place) {
      this.#place = place;
      docks.delete(this);
      if (place) docks.add(this);
      for (const other of docks) if (other !== this) other.#host.requestUpdate();
    }
    const row = [...docks].filter((other) => other.#place === place).indexOf(this);
    float?.style.setProperty('--_row', String(Math.max(0, row)));
  }

  #leave(): void {
    this.#window.rest();
    this.#stand(null, null);
    this.#mark('open', false);
  }

  readonly #onresize = (): void => this.#host.requestUpdate();

  #press(opened: boolean): void {
    this.#pressed = true;
    this.#host.opened = opened;
    this.#host.requestUpdate();
  }

  // The second half of a double click must not undo what the first half did.
  readonly #onlauncher = (event: MouseEvent): void => {
    if (event.detail < 2) this.#press(!this.#host.opened);
  };

  readonly #onclose = (): void => this.#press(false);

  readonly #onend = (): void => {
    this.#press(false); // who hangs up needs no news of it
    void this.#host.endCall();
  };

  readonly #ondismiss = (): void => {
    if (!this.#news) dismiss(this.#host, this.#bubbleKey);
    this.#news = false;
    this.#press(false);
  };

  readonly #onkeydown = (event: KeyboardEvent): void => {
    if (!this.#host.opened || event.defaultPrevented) return;
    // Safari ends a composition before it tells of the key: only the old code still says so.
    if (event.key === 'Escape' && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      event.stopPropagation();
      this.#press(false);
    }
    // WebKitGTK has no name for it together with Shift.
    if ((event.key === 'Tab' || event.code === 'Tab') && this.#small.matches) this.#keepInside(event);
  };

  /** A sheet lies over the page: what it covers is not to be reached by keys. */
  #keepInside(event: KeyboardEvent): void {
    const stops = [...this.#find('.panel')!.querySelectorAll<HTMLElement>(`${STOPS}, slot`)]
      .flatMap((stop) => (stop instanceof HTMLSlotElement ? slotted(stop) : stop))
      .filter((stop) => stop.getClientRects().length);
    const at = stops.findIndex((stop) => stop.matches(':focus'));
    const next = event.shiftKey ? at < 1 && stops.at(-1) : at === stops.length - 1 && stops[0];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

function slotted(slot: HTMLSlotElement): HTMLElement[] {
  return slot
    .assignedElements({ flatten: true })
    .flatMap((one) => [one, ...one.querySelectorAll(STOPS)])
    .filter((one): one is HTMLElement => one.matches(STOPS));
}
