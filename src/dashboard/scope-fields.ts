/** What a key may do, to be chosen. */

import { html, type TemplateResult } from 'lit';
import type { Scope } from './shapes.ts';

const NAME = 'scope';

export function scopeFields(scopes: readonly Scope[], chosen: readonly string[]): TemplateResult {
  return html`<fieldset class="scopes">
    <legend>Scopes</legend>
    ${scopes.map(
      ({ scope, description }) =>
        html`<label>
          <input type="checkbox" name=${NAME} value=${scope} .checked=${chosen.includes(scope)} />
          <span><code>${scope}</code> <span class="quiet">${description}</span></span>
        </label>`,
    )}
  </fieldset>`;
}

export function chosenScopes(form: HTMLFormElement): string[] {
  return [...form.querySelectorAll<HTMLInputElement>(`input[name=${NAME}]:checked`)].map(({ value }) => value);
}
