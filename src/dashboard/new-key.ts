/** Makes a key, and shows it: once. */

import { html, type TemplateResult } from 'lit';
import type { NewKey } from './api.ts';
import { copyable } from './copy.ts';
import { textField, textOf } from './fields.ts';
import { Page } from './page.ts';
import { Pending } from './pending.ts';
import { addressOf } from './route.ts';
import { chosenScopes, scopeFields } from './scope-fields.ts';
import { Sending } from './sending.ts';
import type { IssuedKey, Scope } from './shapes.ts';
import { linesOf } from './widget-draft.ts';

export class NewKeyPage extends Page {
  readonly #scopes = new Pending<readonly Scope[]>(this, 'what a key may do', () => this.api.scopes());
  readonly #sending = new Sending(this);
  #issued: IssuedKey | null = null;

  protected override render(): TemplateResult {
    const issued = this.#issued;
    return html`<nav class="crumbs" aria-label="Where this is"><a href=${addressOf('keys')}>Keys</a></nav>
      <div class="title"><h1 tabindex="-1">${issued ? issued.name : 'New key'}</h1></div>
      ${
        issued
          ? html`${secretPanel(issued.key)}
              <p><a class="button" href=${addressOf('keys', issued.id)}>I have stored it</a></p>`
          : this.#scopes.render((scopes) => this.#form(scopes))
      }`;
  }

  protected override updated(): void {
    // What was pressed is gone: the key itself is what matters now.
    if (this.#issued && !this.contains(document.activeElement)) this.querySelector<HTMLElement>('h1')?.focus();
  }

  #form(scopes: readonly Scope[]): TemplateResult {
    return html`<form class="sections narrow" @submit=${this.#onsubmit}>
      <section class="panel" aria-label="What it is for">
        <h2>What it is for</h2>
        ${textField({ name: 'name', label: 'Name', value: '', required: true, maxLength: 200, hint: 'Which program uses it.' })}
        ${scopeFields(scopes, [])}
      </section>
      <section class="panel" aria-label="Limits">
        <h2>Limits</h2>
        <div class="grid">
          ${textField({ name: 'expires_at', label: 'Expires', type: 'datetime-local', value: '', hint: 'Empty: never.' })}
          ${textField({ ...LIMIT, name: 'rate_limit_per_minute', label: 'Requests a minute' })}
          ${textField({ ...LIMIT, name: 'rate_limit_per_hour', label: 'Requests an hour' })}
        </div>
        ${textField({
          name: 'allowed_ips',
          label: 'Allowed addresses',
          value: '',
          rows: 2,
          placeholder: '203.0.113.7',
          hint: 'IP addresses or ranges as 203.0.113.0/24, one a line. Empty: any.',
        })}
      </section>
      <div class="actions">${this.#sending.render('Create key', 'Creating…')}</div>
    </form>`;
  }

  readonly #onsubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const request = requestOf(form);
    if (request.scopes.length === 0) return this.#sending.refuse('Choose what the key may do.');
    const create = async (): Promise<void> => {
      this.#issued = await this.api.createKey(request);
    };
    if (await this.#sending.run(create)) this.say('The key is created.');
  };
}

const LIMIT = { type: 'number', value: '', min: 1, step: 1, hint: 'Empty: no limit.' } as const;

function requestOf(form: HTMLFormElement): NewKey {
  const text = (name: string): string => textOf(form, name).trim();
  const [expires, perMinute, perHour] = [
    text('expires_at'),
    text('rate_limit_per_minute'),
    text('rate_limit_per_hour'),
  ];
  const ips = linesOf(text('allowed_ips'));
  return {
    name: text('name'),
    scopes: chosenScopes(form),
    ...(expires && { expires_at: new Date(expires).toISOString() }),
    ...(perMinute && { rate_limit_per_minute: Number(perMinute) }),
    ...(perHour && { rate_limit_per_hour: Number(perHour) }),
    ...(ips.length > 0 && { allowed_ips: ips }),
  };
}

/** A key that is shown for the only time. */
export function secretPanel(secret: string): TemplateResult {
  return html`<section class="panel secret" aria-label="The key">
    <h2>The key</h2>
    <p>Copy it now, and keep it where your program’s other secrets are: it is not shown again.</p>
    ${copyable(secret, 'the key')}
  </section>`;
}
