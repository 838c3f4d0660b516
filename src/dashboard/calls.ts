/** The list of calls, newest first. */

import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { clock, moment, words } from './format.ts';
import { Names } from './names.ts';
import { Page } from './page.ts';
import { addressOf } from './route.ts';
import { Rows } from './rows.ts';
import type { Call, CallType } from './shapes.ts';

const TYPES = [
  [null, 'All'],
  ['web', 'Web'],
  ['phone', 'Phone'],
] as const;

export class CallsPage extends Page {
  static override properties: PropertyDeclarations = { type: { attribute: false } };

  /** Calls of this type only. */
  type: CallType | null = null;

  readonly #rows = new Rows<Call>(this, 'calls', (cursor) => this.api.calls(this.type, cursor));
  readonly #names = new Names(this, () => this.api.allAssistants());

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated && changed.has('type')) void this.#rows.load();
  }

  protected override render(): TemplateResult {
    return html`<div class="title">
        <h1 tabindex="-1">Calls</h1>
        <button type="button" @click=${() => void this.#rows.load()}>Refresh</button>
      </div>
      <nav class="filter" aria-label="Type of calls">
        ${TYPES.map(
          ([type, label]) =>
            html`<a href=${addressOf('calls', null, type)} aria-current=${type === this.type ? 'true' : 'false'}
              >${label}</a
            >`,
        )}
      </nav>
      ${this.#rows.render(
        (rows) => this.#table(rows),
        html`<div class="empty">
          <h2>${this.type === null ? 'No calls yet' : `No ${this.type} calls yet`}</h2>
          <p>
            Each call through a <a href=${addressOf('widgets')}>widget</a> or by telephone is here as soon as it starts.
          </p>
        </div>`,
      )}`;
  }

  #table(rows: readonly Call[]): TemplateResult {
    return html`<div class="panel flush">
      <table>
        <caption class="unseen">
          Calls, newest first
        </caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col" class="roomy">Type</th>
            <th scope="col" class="roomy">Assistant</th>
            <th scope="col">How it went</th>
            <th scope="col" class="number">Duration</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (call) =>
              html`<tr>
                <th scope="row" class="whole">
                  <a href=${addressOf('calls', call.id)}>${moment(call.created_at)}</a>
                  ${call.type === 'phone' ? html`<span class="tight quiet">Phone</span>` : ''}
                </th>
                <td class="roomy">
                  ${words(call.type)}${call.phone ? html` <span class="quiet">${call.phone.number}</span>` : ''}
                </td>
                <td class="roomy">${this.#names.link(call.assistant_id)}</td>
                <td class="whole">${progressOf(call)}</td>
                <td class="number">${call.duration_ms === undefined ? '–' : clock(call.duration_ms)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

/** What has become of a call, in a word or two. */
export function progressOf({ status, end_reason, phone }: Call): TemplateResult {
  if (status === 2) return html`${REASONS[end_reason ?? ''] ?? words(end_reason ?? 'ended')}`;
  if (status === 1) return html`<span class="badge live">Live</span>`;
  return html`<span class="badge">${words(phone?.status ?? 'not answered yet')}</span>`;
}

const REASONS: Readonly<Record<string, string>> = {
  visitor: 'Ended by the visitor',
  assistant: 'Ended by the assistant',
  max_duration: 'Longest duration reached',
  silence: 'Ended in silence',
  replaced: 'Went on elsewhere',
  drained: 'Platform was stopped',
  page: 'Page was left',
  error: 'Failed',
  no_answer: 'No answer',
  busy: 'Busy',
  lost: 'Lost',
};
