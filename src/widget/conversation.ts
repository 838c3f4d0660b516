/** The parts of the card that only a call has: its pictures, the terms, the captions, the buttons beside the primary. */

import { html, nothing, type TemplateResult } from 'lit';
import type { TranscriptLine } from '../call/call.ts';
import { type CardCall, icon } from './card.ts';
import type { Face } from './face.ts';
import { en } from './text/en.ts';

const ICONS = {
  mic: 'M10 2.5a2.5 2.5 0 0 1 2.5 2.5v4.5a2.5 2.5 0 0 1-5 0V5A2.5 2.5 0 0 1 10 2.5ZM4.5 9.5a5.5 5.5 0 0 0 11 0M10 15v2.5',
  micOff:
    'M12.5 8V5a2.5 2.5 0 0 0-4.8-1M7.5 7.5v2a2.5 2.5 0 0 0 4.2 1.8M4.5 9.5a5.5 5.5 0 0 0 9 4.2M15.5 9.5a5.5 5.5 0 0 1-.4 2M10 15v2.5M3 3l14 14',
  alert: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 6.5v4M10 13.5v.01',
  pause: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM8.2 7.5v5M11.8 7.5v5',
} as const;

export function picture(name: Exclude<Face['picture'], 'meter'>): TemplateResult {
  return icon(ICONS[name]);
}

/** What there is to read: the terms, or what was said; null where neither is. */
export function reading(face: Face, { lines: all }: CardCall): TemplateResult | null {
  // Of what was interrupted before a word of it was heard, nothing is left.
  const lines = all.filter(({ text }) => text);
  if (face.terms !== null) {
    return html`<div class="body" part="terms" role="region" tabindex="0" aria-label=${face.title}>
      <p class="terms" dir="auto">${face.terms}</p>
    </div>`;
  }
  if (face.fallback || !lines.length) return null;
  return html`<div class="body said" part="transcript" role="region" tabindex="0" aria-label=${en.conversation}>
    <div>${lines.map(caption)}</div>
  </div>`;
}

/** The way out of the terms, or the microphone switch. */
export function aside(face: Face, { muted, ondecline, onmute }: CardCall): TemplateResult | typeof nothing {
  if (face.terms !== null) return html`<button part="decline-button" @click=${ondecline}>${en.decline}</button>`;
  if (muted === null) return nothing;
  return html`<button part="mute-button" aria-label=${en.mute} title=${en.mute} aria-pressed=${muted} @click=${onmute}>
    ${picture(muted ? 'micOff' : 'mic')}
  </button>`;
}

function caption({ role, text, final }: TranscriptLine): TemplateResult {
  return html`<p class="line">
    <b>${role === 'user' ? en.you : en.assistant}</b>
    <span class=${final ? '' : 'interim'} dir="auto">${text}</span>
  </p>`;
}
