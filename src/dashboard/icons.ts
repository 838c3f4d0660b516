/** The few pictures of the dashboard, of one set with the card's: 20 px, strokes in the colour of the words. */

import { html, type TemplateResult } from 'lit';

const PATHS = {
  calls:
    'M4 3.5h3l1.4 3.6L6.6 8.5a9 9 0 0 0 4.9 4.9l1.4-1.8 3.6 1.4v3A1.5 1.5 0 0 1 15 17.5 12.5 12.5 0 0 1 2.5 5 1.5 1.5 0 0 1 4 3.5Z',
  widgets: 'M3.5 4.5h13v11h-13ZM3.5 8h13M10 12.5h4',
  assistants: 'M10 10a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM3.5 16.5c.7-2.7 3.3-4 6.5-4s5.8 1.3 6.5 4',
  keys: 'M12.5 11.5a4 4 0 1 0-3.7-2.5L3 14.8V17h2.8l.7-1.7h1.7l.4-1.8 1.6-1.6a4 4 0 0 0 2.3.6ZM13.5 6.6v.1',
} as const;

export function icon(name: keyof typeof PATHS): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}
