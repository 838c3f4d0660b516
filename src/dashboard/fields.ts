/** The fields of forms: a label, what is typed or chosen, and a hint that belongs to it. */

import { html, nothing, type TemplateResult } from 'lit';

interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: unknown;
}

export interface TextField extends Field {
  readonly value: string;
  readonly type?: 'text' | 'number' | 'url' | 'password' | 'datetime-local';
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly min?: number | string;
  readonly max?: number;
  readonly step?: number | 'any';
  readonly placeholder?: string;
  readonly autocomplete?: string;
  /** More than one line of it. */
  readonly rows?: number;
}

export function textField(field: TextField): TemplateResult {
  const { name, value, type = 'text', required = false, maxLength, min, max, step, placeholder, rows } = field;
  const described = field.hint ? `${name}-hint` : nothing;
  const input = rows
    ? html`<textarea
        id=${name}
        name=${name}
        rows=${rows}
        maxlength=${maxLength ?? nothing}
        placeholder=${placeholder ?? nothing}
        aria-describedby=${described}
        .value=${value}
      ></textarea>`
    : html`<input
        id=${name}
        name=${name}
        type=${type}
        min=${min ?? nothing}
        max=${max ?? nothing}
        step=${step ?? nothing}
        maxlength=${maxLength ?? nothing}
        placeholder=${placeholder ?? nothing}
        autocomplete=${field.autocomplete ?? 'off'}
        aria-describedby=${described}
        ?required=${required}
        .value=${value}
      />`;
  return html`<div class="field ${rows ? 'long' : ''}">
    <label for=${name}>${field.label}${required ? html` <span class="quiet">(required)</span>` : nothing}</label>
    ${input} ${hintOf(field)}
  </div>`;
}

export interface ChoiceField extends Field {
  readonly value: string;
  /** Values and their words. */
  readonly options: readonly (readonly [value: string, words: string])[];
}

export function selectField({ name, label, value, options, ...more }: ChoiceField): TemplateResult {
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <select id=${name} name=${name} aria-describedby=${more.hint ? `${name}-hint` : nothing}>
      ${options.map(([one, words]) => html`<option value=${one} .selected=${one === value}>${words}</option>`)}
    </select>
    ${hintOf({ name, label, ...more })}
  </div>`;
}

/** A few choices, all in sight. */
export function segments(
  { name, label, value, options }: ChoiceField,
  onchange?: (value: string) => void,
): TemplateResult {
  return html`<fieldset class="segments">
    <legend>${label}</legend>
    <div>
      ${options.map(
        ([one, words]) =>
          html`<label
            ><input
              type="radio"
              name=${name}
              value=${one}
              .checked=${one === value}
              @change=${() => onchange?.(one)}
            /><span>${words}</span></label
          >`,
      )}
    </div>
  </fieldset>`;
}

export function checkField({ name, label, value, ...more }: Field & { readonly value: boolean }): TemplateResult {
  return html`<div class="field check">
    <label><input type="checkbox" name=${name} .checked=${value} />${label}</label>
    ${hintOf({ name, label, ...more })}
  </div>`;
}

function hintOf({ name, hint }: Field): unknown {
  return hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing;
}

/** What a form's field holds now; empty where it has none of this name. */
export function textOf(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  return field !== null && 'value' in field ? field.value : '';
}

export function isChecked(form: HTMLFormElement, name: string): boolean {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement && field.checked;
}
