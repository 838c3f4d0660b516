/** The parts of the card that only a call has: its pictures, the terms, the captions, the buttons beside the primary. */

import { html, nothing, type TemplateResult } from 'lit';
import type { TranscriptLine } from '../call/call.ts';
import { linkify } from '../config/links.ts';
import { type Card, type CardCall, icon } from './card.ts';
import type { Face } from './face.ts';
import type { Text } from './text/en.ts';

const ICONS = {
  mic: 'M10 2.5a2.5 2.5 0 0 1 2.5 2.5v4.5a2.5 2.5 0 0 1-5 0V5A2.5 2.5 0 0 1 10 2.5ZM4.5 9.5a5.5 5.5 0 0 0 11 0M10 15v2.5',
  micOff:
    'M12.5 8V5a2.5 2.5 0 0 0-4.8-1M7.5 7.5v2a2.5 2.5 0 0 0 4.2 1.8M4.5 9.5a5.5 5.5 0 0 0 9 4.2M15.5 9.5a5.5 5.5 0 0 1-.4 2M10 15v2.5M3 3l14 14',
  alert: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 6.5v4M10 13.5v.01',
  pause: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM8.2 7.5v5M11.8 7.5v5',
  text: 'M4.5 4h11A1.5 1.5 0 0 1 17 5.5v7a1.5 1.5 0 0 1-1.5 1.5H9l-4 3.5V14h-.5A1.5 1.5 0 0 1 3 12.5v-7A1.5 1.5 0 0 1 4.5 4ZM6.5 7.5h7M6.5 10.5h4',
} as const;

export function picture(name: Exclude<Face['picture'], 'meter' | null>): TemplateResult {
  return icon(ICONS[name]);
}

/** What there is to read: the terms, or what was said; null where neither is. */
export function reading({ face, config }: Card, { lines: all, text }: CardCall): TemplateResult | null {
  // Of what was interrupted before a word of it was heard, nothing is left.
  const lines = all.filter((line) => line.text);
  if (face.terms !== null) {
    return html`<div class="body" part="terms" role="region" tabindex="0" aria-label=${face.title}>
      <p class="terms" dir="auto">${linked(face.terms, text)}</p>
    </div>`;
  }
  if (face.fallback || !lines.length) return null;
  const { userMessage, assistantMessage } = config?.palettes.light ?? {};
  const bubbles = config?.kind === 'text' || face.picture === null || userMessage || assistantMessage ? ' bubbles' : '';
  return html`${face.action === 'start' && face.help ? html`<p class="help" part="help">${face.help}</p>` : nothing}
    <div class="body said${bubbles}" part="transcript" role="region" tabindex="0" aria-label=${text.conversation}>
      <div>${lines.map((line) => caption(line, text))}</div>
    </div>`;
}

/** Another way on than the primary button. */
export function other({ face, onaction }: Card): TemplateResult | typeof nothing {
  if (!face.other) return nothing;
  const [action, label] = face.other;
  return html`<button class="other" part="${action}-button" @click=${(event: Event) => onaction(action, event)}>
    ${label}
  </button>`;
}

/** The microphone's switch: after the primary button, which stays where it is when this comes and goes. */
export function mute({ muted, onmute, text }: CardCall): TemplateResult | typeof nothing {
  if (muted === null) return nothing;
  return html`<button
    part="mute-button"
    aria-label=${text.mute}
    title=${text.mute}
    aria-pressed=${muted}
    @click=${onmute}
  >
    ${picture(muted ? 'micOff' : 'mic')}
  </button>`;
}

/** Words with their links, which the widget makes itself: nothing of what was said or written is markup. */
function linked(words: string, text: Text): readonly (string | TemplateResult)[] {
  return linkify(words).map((piece) =>
    typeof piece === 'string'
      ? piece
      : html`<a href=${piece.url} target="_blank" rel="noopener" title="${piece.text} (${text.newTab})"
          >${piece.text}</a
        >`,
  );
}

function caption({ role, text: words, final }: TranscriptLine, text: Text): TemplateResult {
  return html`<p class="line ${role}">
    <b>${role === 'user' ? text.you : text.assistant}</b>
    <span class=${final ? '' : 'interim'} dir="auto">${linked(words, text)}</span>
  </p>`;
}
