/** Asks for the key that the dashboard works with. */

import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { Api } from './api.ts';
import { textField, textOf } from './fields.ts';
import { KeyEvent, Page } from './page.ts';
import { Sending } from './sending.ts';

export class SignInPage extends Page {
  static override properties: PropertyDeclarations = { refusal: { attribute: false } };

  /** Why an earlier key is no longer good; null where there was none. */
  refusal: string | null = null;

  readonly #sending = new Sending(this);

  protected override render(): TemplateResult {
    return html`<div class="sign-in">
      <h1 tabindex="-1">Sign in</h1>
      ${this.refusal === null ? nothing : html`<p class="wrong" role="alert">${this.refusal}</p>`}
      <form class="panel" @submit=${this.#onsubmit}>
        ${textField({
          name: 'key',
          label: 'API key',
          type: 'password',
          value: '',
          required: true,
          autocomplete: 'current-password',
          hint: 'The platform prints one when it starts. This tab keeps it until it is closed.',
        })}
        <div class="actions">${this.#sending.render('Open the dashboard', 'Checking…')}</div>
      </form>
      <p class="quiet">What you see here is what this key may do: it is the same API that your own programs use.</p>
    </div>`;
  }

  readonly #onsubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const key = textOf(event.target as HTMLFormElement, 'key').trim();
    // A header can carry no other letters: the browser would not even ask.
    if (!/^[\x21-\x7e]+$/.test(key)) return this.#sending.refuse('That is not an API key.');
    if (await this.#sending.run(() => new Api({ key }).check())) this.dispatchEvent(new KeyEvent(key));
  };
}
