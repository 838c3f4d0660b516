/** The list of assistants. */

import { html, type TemplateResult } from 'lit';
import { Page } from './page.ts';
import { addressOf, NEW } from './route.ts';
import { Rows } from './rows.ts';
import type { Named } from './shapes.ts';

export class AssistantsPage extends Page {
  readonly #rows = new Rows<Named>(this, 'assistants', (cursor) => this.api.assistants(cursor));

  protected override render(): TemplateResult {
    const add = html`<a class="button primary" href=${addressOf('assistants', NEW)}>New assistant</a>`;
    return html`<div class="title">
        <h1 tabindex="-1">Assistants</h1>
        ${add}
      </div>
      ${this.#rows.render(
        table,
        html`<div class="empty">
          <h2>No assistant yet</h2>
          <p>An assistant is who answers: its name, its voice, what it says first and what it knows.</p>
        </div>`,
      )}`;
  }
}

function table(rows: readonly Named[]): TemplateResult {
  return html`<div class="panel flush">
    <table>
      <caption class="unseen">
        Assistants, oldest first
      </caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Id</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ id, name }) =>
            html`<tr>
              <th scope="row"><a href=${addressOf('assistants', id)}>${name}</a></th>
              <td><code>${id}</code></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
