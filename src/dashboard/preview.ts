/** A widget's card, drawn by the element itself from what its form holds; and the lines that put it on a site. */

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { PublicWidget } from '../protocol/rest.ts';
import { copyable } from './copy.ts';
import { segments } from './fields.ts';
import { SayEvent } from './page.ts';

const THEMES = [
  ['', 'Owner’s'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;
const DISPLAYS = [
  ['card', 'Card'],
  ['fab', 'Launcher'],
] as const;

/** For one that has no id yet: without any, the card would say that nobody is there. */
const UNNAMED = 'preview';

export class WidgetPreview extends LitElement {
  static override properties = {
    config: { attribute: false },
    widgetId: { attribute: false },
    theme: { state: true },
    display: { state: true },
  };

  /** What the card is drawn from. */
  config: PublicWidget = {};
  /** Null where it has none yet. */
  widgetId: string | null = null;
  theme = '';
  display = 'card';

  #drawn = '';
  /** The same object for the same fields: the card is drawn anew for another only. */
  #config: PublicWidget = {};

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    const drawn = JSON.stringify(this.config);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#config = this.config;
  }

  protected override render(): TemplateResult {
    const { theme, display } = this;
    return html`<section aria-label="Preview">
      <h2>Preview</h2>
      <div class="choices">
        ${segments({ name: 'preview-theme', label: 'Theme', value: theme, options: THEMES }, (one) => {
          this.theme = one;
        })}
        ${segments({ name: 'preview-display', label: 'Shown as', value: display, options: DISPLAYS }, (one) => {
          this.display = one;
        })}
      </div>
      <div class="stage ${theme}" @click=${{ handleEvent: this.#onclick, capture: true }}>
        ${
          display === 'fab'
            ? html`<p>The launcher is in the corner of this window, as it will be on your site.</p>`
            : nothing
        }
        <indigenius-widget
          .widgetId=${this.widgetId ?? UNNAMED}
          .config=${this.#config}
          theme-mode=${theme || nothing}
          display-mode=${display}
          storage="none"
        ></indigenius-widget>
      </div>
      <p class="quiet">As visitors see it. Calls start on your site, not here.</p>
      ${
        this.widgetId === null
          ? html`<p class="quiet">The lines that put it on your site are here once it is created.</p>`
          : html`<h2>On your site</h2>
              ${copyable(snippetOf(this.widgetId, display), 'the lines for your site')}`
      }
    </section>`;
  }

  /** A start shows the terms, where there are any, and goes no further. */
  readonly #onclick = (event: Event): void => {
    const pressed = event.composedPath().find((node) => node instanceof Element && node.hasAttribute('part'));
    const part = pressed instanceof Element ? pressed.getAttribute('part') : null;
    if (part !== 'start-button' && part !== 'type-button') return;
    const widget = this.querySelector('indigenius-widget')!;
    if (this.config.terms_and_condition === true && !widget.matches(':state(consent)')) return;
    event.stopPropagation();
    this.dispatchEvent(new SayEvent('This is a preview: calls start on your site.'));
  };
}

function snippetOf(widgetId: string, display: string): string {
  const mode = display === 'fab' ? ' display-mode="fab"' : '';
  return `<script type="module" src="https://your-site.example/indigenius-widget.js"></script>
<indigenius-widget widget-id="${widgetId}"${mode}></indigenius-widget>`;
}
