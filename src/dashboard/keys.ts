/** The list of API keys. */

import { html, type TemplateResult } from 'lit';
import { moment } from './format.ts';
import { Page } from './page.ts';
import { addressOf, NEW } from './route.ts';
import { Rows } from './rows.ts';
import type { Key } from './shapes.ts';

export class KeysPage extends Page {
  readonly #rows = new Rows<Key>(this, 'keys', (cursor) => this.api.keys(cursor));

  protected override render(): TemplateResult {
    return html`<div class="title">
        <h1 tabindex="-1">Keys</h1>
        <a class="button primary" href=${addressOf('keys', NEW)}>New key</a>
      </div>
      ${this.#rows.render(
        (rows) => this.#table(rows),
        html`<div class="empty">
          <h2>No keys</h2>
          <p>Each program that uses the API has a key of its own, which may do no more than that program needs.</p>
        </div>`,
      )}`;
  }

  #table(rows: readonly Key[]): TemplateResult {
    return html`<div class="panel flush">
      <table>
        <caption class="unseen">
          Keys, oldest first
        </caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col" class="roomy">Begins with</th>
            <th scope="col" class="roomy">May do</th>
            <th scope="col" class="wide">Created</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (key) =>
              html`<tr>
                <th scope="row">
                  <a href=${addressOf('keys', key.id)}>${key.name}</a>
                  ${this.api.isOwn(key) ? html`<span class="badge">This tab</span>` : ''}
                </th>
                <td>${keyState(key)}</td>
                <td class="roomy keep"><code>${key.key_start}…</code></td>
                <td class="roomy">${key.scopes.join(', ') || 'Nothing'}</td>
                <td class="wide keep">${moment(key.created_at)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

export function keyState({ revoked_at, expires_at }: Key, now = Date.now()): TemplateResult {
  if (revoked_at) return html`<span class="badge paused">Revoked</span>`;
  if (expires_at && Date.parse(expires_at) <= now) return html`<span class="badge paused">Expired</span>`;
  return html`<span class="badge active">Active</span>`;
}
