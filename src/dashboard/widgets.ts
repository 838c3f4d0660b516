/** The list of widgets. */

import { html, type TemplateResult } from 'lit';
import { readColor } from '../config/color.ts';
import { DEFAULT_CONFIG } from '../config/widget-config.ts';
import { count, words } from './format.ts';
import { Names } from './names.ts';
import { Page } from './page.ts';
import { addressOf, NEW } from './route.ts';
import { Rows } from './rows.ts';
import type { Widget } from './shapes.ts';

/** What the card says at its top where its owner says nothing. */
const UNTITLED = 'Talk to us';

export class WidgetsPage extends Page {
  readonly #rows = new Rows<Widget>(this, 'widgets', (cursor) => this.api.widgets(cursor));
  readonly #names = new Names(this, () => this.api.allAssistants());

  protected override render(): TemplateResult {
    return html`<div class="title">
        <h1 tabindex="-1">Widgets</h1>
        <a class="button primary" href=${addressOf('widgets', NEW)}>New widget</a>
      </div>
      ${this.#rows.render(
        (rows) => this.#table(rows),
        html`<div class="empty">
          <h2>No widget yet</h2>
          <p>A widget is the card on your site from which visitors call an assistant.</p>
        </div>`,
      )}`;
  }

  #table(rows: readonly Widget[]): TemplateResult {
    return html`<div class="panel flush">
      <table>
        <caption class="unseen">
          Widgets, oldest first
        </caption>
        <thead>
          <tr>
            <th scope="col">Widget</th>
            <th scope="col">Status</th>
            <th scope="col" class="roomy">Assistant</th>
            <th scope="col" class="roomy">May be on</th>
            <th scope="col" class="wide">Id</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (widget) =>
              html`<tr>
                <th scope="row">
                  <span class="lead"
                    >${swatch(widget)}<a href=${addressOf('widgets', widget.id)}>${titleOf(widget)}</a></span
                  >
                </th>
                <td>${statusBadge(widget)}</td>
                <td class="roomy">${this.#names.link(widget.assistantId) ?? html`<span class="quiet">None</span>`}</td>
                <td class="roomy">
                  ${widget.allowed_origins.length === 0 ? 'Any site' : count(widget.allowed_origins.length, 'origin')}
                </td>
                <td class="wide keep"><code>${widget.id}</code></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

export function titleOf({ call_to_action }: Pick<Widget, 'call_to_action'>): string {
  return call_to_action?.trim() || UNTITLED;
}

export function statusBadge({ status = 'active' }: Pick<Widget, 'status'>): TemplateResult {
  return html`<span class="badge ${status}">${words(status)}</span>`;
}

/** The card's own colours, in small. */
function swatch({ background_color, button_color }: Widget): TemplateResult {
  const { background, button } = DEFAULT_CONFIG.palettes.light;
  return html`<svg class="swatch" viewBox="0 0 20 20" aria-hidden="true">
    <rect x="0.5" y="0.5" width="19" height="19" rx="5" fill=${readColor(background_color) ?? background} />
    <circle cx="10" cy="10" r="4.5" fill=${readColor(button_color) ?? button} />
  </svg>`;
}
