/** Draws the card around a face. It decides nothing and remembers nothing. */

import { html, nothing, type TemplateResult } from 'lit';
import type { TranscriptLine } from '../call/call.ts';
import type { WidgetConfig } from '../config/widget-config.ts';
import type { Appearance } from './appearance.ts';
import type { Action, Face } from './face.ts';
import type * as Talk from './talk.ts';
import type { Text } from './text/en.ts';
import type { FirstText } from './text/en-first.ts';

export interface Card {
  readonly face: Face;
  readonly text: FirstText;
  /** Null while it loads, and where it failed to. */
  readonly config: WidgetConfig | null;
  readonly appearance: Appearance | null;
  readonly loading: boolean;
  readonly direction: 'ltr' | 'rtl';
  /** Who answers. */
  readonly sub: string;
  /** Beside the title: how a floating card is put away. */
  readonly corner: TemplateResult | typeof nothing;
  readonly onaction: (action: Action, event: Event) => void;
}

/** What a card shows of a call, and of what an owner adds to it. */
export interface CardCall {
  readonly text: Text;
  readonly lines: readonly TranscriptLine[];
  /** Null where there is no microphone to mute. */
  readonly muted: boolean | null;
  readonly onmute: () => void;
  readonly onmessage: (message: string) => void;
}

/** Bars on each side of the level. */
export const METER_BARS = 11;

export const PHONE =
  'M3 4.5A1.5 1.5 0 0 1 4.5 3h2.1l1.5 3.6-1.8 1.5a9.5 9.5 0 0 0 5.6 5.6l1.5-1.8 3.6 1.5v2.1a1.5 1.5 0 0 1-1.5 1.5A12.5 12.5 0 0 1 3 4.5Z';
const WAVE = 'M3 9v2M6.5 6.5v7M10 3.5v13M13.5 6.5v7M17 9v2';

/** An icon: 20 px grid, 1.75 px strokes, the colour of the words beside it. */
export function icon(path: string): TemplateResult {
  return html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d=${path} /></svg>`;
}

/** @param talk what only a call, or an owner who adds something, needs to be drawn; null while it isn't here */
export function card(view: Card, talk: typeof Talk | null, call: CardCall | null): TemplateResult {
  const { face, text, config, appearance, loading, direction, sub, corner } = view;
  const title = appearance?.texts.title ?? text.callToAction;
  const bone = loading ? 'bone ' : '';
  const picture = face.terms === null && face.picture;
  const more = call && talk;
  const read = more && talk.reading(view, call);
  const other = more ? talk.other(view) : nothing;
  const main = primary(view);
  const mute = more ? talk.mute(call) : nothing;
  const none = [other, main, mute].every((button) => button === nothing);
  const controls = loading ? html`<p class="bone"></p>` : none ? null : html`${other}${main}${mute}`;
  // From the press on: what then comes finds its place, and nothing moves for it.
  const under = face.action === 'end';
  const talking = read || under ? 'talking' : '';
  const shape = loading ? 'loading' : under && (read || face.composer) ? 'talking live' : talking;
  // The help's words are a text of their own each time: one that becomes another changes places, and counts as a shift.
  return html`<section
    class="card ${shape}"
    part="card"
    dir=${direction}
    lang=${text.language.slice(0, 2)}
    aria-labelledby="name"
    aria-busy=${loading}
  >
    <header part="header">
      <slot name="avatar"
        ><span class="orb" part="avatar"
          >${config?.avatarImage ? html`<img src=${config.avatarImage} alt="" />` : icon(WAVE)}</span
        ></slot
      >
      <div>
        <p class="${bone}name" id="name" title=${title}><bdi>${title}</bdi></p>
        <p class="${bone}sub" title=${sub}><bdi>${sub}</bdi></p>
      </div>
      ${corner}
    </header>
    ${
      picture
        ? html`<div class="picture" part="meter">${picture === 'meter' ? bars : talk?.picture(picture)}</div>`
        : nothing
    }
    <p class="title" part="status">${face.title}${face.clock && html`<time>${face.clock}</time>`}</p>
    ${
      read ||
      html`<div class="body">
        ${face.help && html`<p class="help" part="help" dir="auto" .textContent=${face.help}></p>`}${
          face.fallback ? html`<slot class="fallback" part="fallback"></slot>` : nothing
        }
      </div>`
    }
    ${more ? talk.tray(view, call) : nothing} ${controls ? html`<footer part="controls">${controls}</footer>` : nothing}
  </section>`;
}

const bars = Array.from(
  { length: METER_BARS * 2 },
  (_, at) => html`<i class=${at < METER_BARS ? '' : 'assistant'}></i>`,
);

/** The primary button stays the same element from one state to the next: so the focus stays where it was. */
function primary({ face, onaction }: Card): TemplateResult | typeof nothing {
  const { action, label, picture, composer } = face;
  if (!action) return nothing;
  const ending = action === 'end';
  const silent = picture === 'text' || picture === null || action === 'type';
  const phone = silent ? nothing : html`<span class=${ending ? 'down' : ''}>${icon(PHONE)}</span>`;
  // Two templates, so that a call that comes gets words of its own: words that change places would count as a shift.
  const words = composer ? html`${phone}<span>${label}</span>` : html`${phone}<span>${label}</span> `;
  return html`<button
    class="primary ${ending ? 'ending' : ''}"
    part=${ending ? 'end-button' : 'start-button'}
    @click=${(event: Event) => onaction(action, event)}
  >
    ${words}
  </button>`;
}
