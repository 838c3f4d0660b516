/** One API key: what it may do, another secret for it, its end. */

import { html, nothing, type TemplateResult } from 'lit';
import { confirmed } from './confirm.ts';
import { moment } from './format.ts';
import { keyState } from './keys.ts';
import { secretPanel } from './new-key.ts';
import { KeyEvent, Page } from './page.ts';
import { failed, Pending } from './pending.ts';
import { addressOf } from './route.ts';
import { chosenScopes, scopeFields } from './scope-fields.ts';
import { Sending } from './sending.ts';
import type { Key, Scope } from './shapes.ts';

export class KeyPage extends Page {
  readonly #key = new Pending<Key | 'none'>(this, 'the key', async () => (await this.api.key(this.item!)) ?? 'none');
  readonly #scopes = new Pending<readonly Scope[]>(this, 'what a key may do', () => this.api.scopes());
  readonly #sending = new Sending(this);
  readonly #acting = new Sending(this);
  #secret: string | null = null;

  protected override render(): TemplateResult {
    const { value } = this.#key;
    const title = value === null || value === 'none' ? 'Key' : value.name;
    return html`<nav class="crumbs" aria-label="Where this is"><a href=${addressOf('keys')}>Keys</a></nav>
      <div class="title"><h1 tabindex="-1">${title}</h1></div>
      ${this.#secret === null ? nothing : secretPanel(this.#secret)}
      ${this.#key.render((key) => (key === 'none' ? failed('There is no such key.') : this.#body(key)))}`;
  }

  #body(key: Key): TemplateResult {
    const own = this.api.isOwn(key);
    return html`<div class="sections narrow">
      <section class="panel" aria-label="Facts">
        <h2>Facts</h2>
        ${own ? html`<p>This tab is signed in with this key.</p>` : nothing}
        <dl class="facts">
          ${fact('State', keyState(key))} ${fact('Begins with', html`<code>${key.key_start}…</code>`)}
          ${fact('Created', moment(key.created_at))}
          ${fact('Expires', key.expires_at ? moment(key.expires_at) : 'Never')}
          ${key.revoked_at ? fact('Revoked', moment(key.revoked_at)) : nothing}
          ${fact('Requests a minute', key.rate_limit_per_minute ?? 'No limit')}
          ${fact('Requests an hour', key.rate_limit_per_hour ?? 'No limit')}
          ${fact('Allowed addresses', key.allowed_ips.join(', ') || 'Any')} ${fact('Id', html`<code>${key.id}</code>`)}
        </dl>
      </section>
      ${
        key.revoked_at
          ? html`<section class="panel" aria-label="What it could do">
              <h2>What it could do</h2>
              <p>${key.scopes.join(', ') || 'Nothing'}</p>
            </section>`
          : html`${this.#scopes.render((scopes) => this.#form(key, scopes))} ${this.#ends(key, own)}`
      }
    </div>`;
  }

  #form(key: Key, scopes: readonly Scope[]): TemplateResult {
    return html`<form class="panel" aria-label="What it may do" @submit=${this.#onsubmit}>
      <h2>What it may do</h2>
      ${scopeFields(scopes, key.scopes)}
      <div class="actions">${this.#sending.render('Replace scopes', 'Replacing…')}</div>
    </form>`;
  }

  #ends(key: Key, own: boolean): TemplateResult {
    return html`<section class="panel" aria-label="Another secret, or none">
      <h2>Another secret, or none</h2>
      <p class="quiet">
        A rotated key has another secret at once, and the one before is unknown. A revoked one never works again.
      </p>
      <div class="actions">
        <button type="button" @click=${() => this.#rotate(key, own)}>Rotate</button>
        <button type="button" class="danger" @click=${() => this.#revoke(key, own)}>Revoke</button>
        ${this.#acting.failed()}
      </div>
    </section>`;
  }

  readonly #onsubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const scopes = chosenScopes(event.target as HTMLFormElement);
    if (scopes.length === 0) return this.#sending.refuse('A key that may do nothing is better revoked.');
    if (!(await this.#sending.run(() => this.api.replaceScopes(this.item!, scopes)))) return;
    this.say('The scopes are replaced.');
    await this.#key.load();
  };

  async #rotate({ name }: Key, own: boolean): Promise<void> {
    const yes = await confirmed({
      title: `Rotate “${name}”?`,
      text: `Programs that use the secret it has now are refused at once.${own ? ' This tab goes on with the new one.' : ''}`,
      action: 'Rotate key',
    });
    if (!yes) return;
    const rotate = async (): Promise<void> => {
      this.#secret = (await this.api.rotateKey(this.item!)).key;
    };
    if (!(await this.#acting.run(rotate))) return;
    if (own) this.dispatchEvent(new KeyEvent(this.#secret!));
    this.say('The key has another secret.');
    await this.updateComplete;
    await this.#key.load();
    this.querySelector<HTMLElement>('h1')?.focus();
  }

  async #revoke({ name }: Key, own: boolean): Promise<void> {
    const yes = await confirmed({
      title: `Revoke “${name}”?`,
      text: `Programs that use it are refused at once, for good.${own ? ' So is this tab: you will have to sign in with another.' : ''}`,
      action: 'Revoke key',
    });
    if (!yes || !(await this.#acting.run(() => this.api.revokeKey(this.item!)))) return;
    this.say('The key is revoked.');
    await this.#key.load();
    this.querySelector<HTMLElement>('h1')?.focus();
  }
}

function fact(name: string, value: unknown): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}
