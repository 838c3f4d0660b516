/** Draws the card around a face. It decides nothing and remembers nothing. */

import { html, nothing, type TemplateResult } from 'lit';
import type { TranscriptLine } from '../call/call.ts';
import type { Action, Face } from './face.ts';
import type * as Talk from './talk.ts';
import type { FirstText } from './text/en-first.ts';

export interface Card {
  readonly face: Face;
  readonly text: FirstText;
  readonly loading: boolean;
  readonly callToAction: string;
  readonly announcement: string;
  readonly onaction: (action: Action, event: Event) => void;
}

/** What a card shows of a call. */
export interface CardCall {
  /** What only a call needs to be drawn with; null while it isn't here. */
  readonly talk: typeof Talk | null;
  /** Who is on the line; empty before. */
  readonly assistantName: string;
  readonly lines: readonly TranscriptLine[];
  /** Null outside a live call. */
  readonly muted: boolean | null;
  readonly onmute: () => void;
  readonly ondecline: () => void;
}

/** Bars on each side of the level. */
export const METER_BARS = 11;

const PHONE =
  'M3 4.5A1.5 1.5 0 0 1 4.5 3h2.1l1.5 3.6-1.8 1.5a9.5 9.5 0 0 0 5.6 5.6l1.5-1.8 3.6 1.5v2.1a1.5 1.5 0 0 1-1.5 1.5A12.5 12.5 0 0 1 3 4.5Z';
const WAVE = 'M3 9v2M6.5 6.5v7M10 3.5v13M13.5 6.5v7M17 9v2';

/** An icon: 20 px grid, 1.75 px strokes, the colour of the words beside it. */
export function icon(path: string): TemplateResult {
  return html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d=${path} /></svg>`;
}

/** @param call null while its code isn't here */
export function card(view: Card, call: CardCall | null): TemplateResult {
  const { face, text, loading, callToAction } = view;
  const talk = call?.talk;
  const bone = loading ? 'bone ' : '';
  return html`<section class="card" part="card" aria-labelledby="name" aria-busy=${loading}>
    <header part="header">
      <span class="orb" part="avatar">${icon(WAVE)}</span>
      <div>
        <p class="${bone}name" id="name" title=${callToAction}><bdi>${callToAction}</bdi></p>
        <p class="${bone}sub"><bdi>${call?.assistantName || text.voiceAssistant}</bdi></p>
      </div>
    </header>
    ${
      face.terms === null
        ? html`<div class="picture" part="meter">${face.picture === 'meter' ? bars : talk?.picture(face.picture)}</div>`
        : nothing
    }
    <p class="title" part="status">${face.title}${face.clock && html`<time>${face.clock}</time>`}</p>
    ${
      talk?.reading(face, call!) ??
      html`<div class="body">
        ${face.help && html`<p class="help" part="help">${face.help}</p>`}${
          face.fallback ? html`<slot class="fallback" part="fallback"></slot>` : nothing
        }
      </div>`
    }
    <footer part="controls">${loading ? html`<p class="bone"></p>` : controls(view, call)}</footer>
    <p class="unseen" role="status">${view.announcement}</p>
  </section>`;
}

const bars = Array.from(
  { length: METER_BARS * 2 },
  (_, at) => html`<i class=${at < METER_BARS ? '' : 'assistant'}></i>`,
);

/** The primary button stays the same element from one state to the next: so the focus stays where it was. */
function controls({ face, onaction }: Card, call: CardCall | null): TemplateResult {
  const { action, label } = face;
  const ending = action === 'end';
  return html`${call?.talk?.aside(face, call)}${
    action
      ? html`<button
          class="primary"
          part=${ending ? 'end-button' : 'start-button'}
          @click=${(event: Event) => onaction(action, event)}
        >
          <span class=${ending ? 'down' : ''}>${icon(PHONE)}</span>${label}
        </button>`
      : nothing
  }`;
}
