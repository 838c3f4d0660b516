/** Between what is read and the buttons: what the owner suggests, where the visitor writes, what both should know. */

import { html, nothing, type TemplateResult } from 'lit';
import { type Card, type CardCall, icon } from './card.ts';

const SEND = 'M10 16V4M5 9l5-5 5 5';
const AWAY = 'M8 5h7v7M15 5 5.5 14.5';

/** Everything below the words and above the buttons; nothing where an owner adds nothing and there is no call. */
export function tray(view: Card, call: CardCall): TemplateResult {
  const { face, config } = view;
  const provider = config?.provider;
  const notes = face.notice || (provider && face.suggestions);
  return html`${face.suggestions && !spoke(call) ? suggestions(view, call) : nothing}${face.composer ? composer(view, call) : nothing}${
    notes
      ? html`<p class="notes" part="notice">
          ${face.notice && html`<span>${face.notice}</span>`}${
            provider ? html`<span>${call.text.provider.replace('{name}', () => provider)}</span>` : nothing
          }
        </p>`
      : nothing
  }`;
}

/** Whoever has begun to talk needs no suggestions, and the room is for the captions. */
function spoke({ lines }: CardCall): boolean {
  return lines.some(({ role }) => role === 'user');
}

/** A line of what might be asked, and of the owner's own buttons. */
function suggestions({ appearance }: Card, { text, onmessage }: CardCall): TemplateResult | typeof nothing {
  const { prompts, actions } = appearance!.texts;
  const chips = [
    ...prompts.map((message) => ({ label: message, message })),
    ...actions.map((action) => ({ ...action, own: true })),
  ];
  if (!chips.length) return nothing;
  return html`<ul class="chips" part="prompts" aria-label=${text.prompts}>
    ${chips.map((chip) => {
      const own = 'own' in chip ? 'chip own' : 'chip';
      return html`<li>
        ${
          'url' in chip
            ? html`<a
                class=${own}
                part="action"
                href=${chip.url}
                target="_blank"
                rel="noopener"
                title="${chip.label} (${text.newTab})"
                ><bdi>${chip.label}</bdi>${icon(AWAY)}</a
              >`
            : html`<button
                class=${own}
                part=${'own' in chip ? 'action' : 'prompt'}
                title=${chip.label}
                @click=${() => onmessage(chip.message)}
              >
                <bdi>${chip.label}</bdi>
              </button>`
        }
      </li>`;
    })}
  </ul>`;
}

/** Where the visitor writes. Enter sends, unless it ends a word that an input method is composing. */
function composer({ appearance }: Card, { text, onmessage }: CardCall): TemplateResult {
  const send = (event: Event): void => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).elements.namedItem('message') as HTMLInputElement;
    const message = input.value.trim();
    input.value = '';
    if (message) onmessage(message);
  };
  // Safari ends the composition before it tells of the key: only the old code still says so.
  const compose = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.preventDefault();
  };
  const placeholder = appearance?.texts.placeholder ?? text.placeholder;
  return html`<form class="composer" part="composer" @submit=${send} @keydown=${compose}>
    <input
      name="message"
      part="input"
      type="text"
      autocomplete="off"
      enterkeyhint="send"
      maxlength="4000"
      dir="auto"
      placeholder=${placeholder}
      aria-label=${placeholder}
    />
    <button part="send-button" aria-label=${text.send} title=${text.send}>${icon(SEND)}</button>
  </form>`;
}
