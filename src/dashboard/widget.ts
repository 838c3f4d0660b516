/** One widget: its form, and beside it the card as it will be; or a new one. */

import { html, nothing, type TemplateResult } from 'lit';
import { confirmed } from './confirm.ts';
import { checkField, isChecked, segments, selectField, textField, textOf } from './fields.ts';
import { moment, words } from './format.ts';
import { Names } from './names.ts';
import { Page } from './page.ts';
import { Pending } from './pending.ts';
import { addressOf, NEW } from './route.ts';
import { Sending } from './sending.ts';
import { type Widget, WIDGET_STATUSES } from './shapes.ts';
import { titleOf } from './widgets.ts';
import {
  changesOf,
  type ColorName,
  colorNote,
  COLORS,
  configOf,
  draftOf,
  pickedColor,
  type WidgetDraft,
} from './widget-draft.ts';

export class WidgetPage extends Page {
  readonly #widget = new Pending<Widget | 'none'>(this, 'the widget', async () => {
    const widget = this.item === NEW ? 'none' : await this.api.widget(this.item!);
    this.#start(widget === 'none' ? null : widget);
    return widget;
  });
  readonly #names = new Names(this, () => this.api.allAssistants());
  readonly #sending = new Sending(this);
  /** As the platform has it. */
  #before = draftOf(null);
  /** As the form has it. */
  #draft = this.#before;

  protected override render(): TemplateResult {
    const { value } = this.#widget;
    const known = value !== null && value !== 'none';
    const title = this.item === NEW ? 'New widget' : known ? titleOf(value) : 'Widget';
    return html`<nav class="crumbs" aria-label="Where this is"><a href=${addressOf('widgets')}>Widgets</a></nav>
      <div class="title">
        <h1 tabindex="-1">${title}</h1>
        ${known ? html`<button type="button" class="danger" @click=${() => this.#remove(value)}>Delete</button>` : nothing}
      </div>
      ${this.#widget.render((widget) => this.#body(widget === 'none' ? null : widget))}`;
  }

  #body(widget: Widget | null): TemplateResult {
    return html`<div class="beside">
      <form class="sections" @input=${this.#oninput} @change=${this.#oninput} @submit=${this.#onsubmit}>
        ${this.#sections(this.#draft)}
        <div class="actions sticky">
          ${widget ? this.#sending.render('Save', 'Saving…') : this.#sending.render('Create widget', 'Creating…')}
          ${this.#changed() && widget ? html`<p class="quiet">Not saved yet.</p>` : nothing}
        </div>
        ${widget ? html`<p class="quiet">Created ${moment(widget.created_at)}. Id <code>${widget.id}</code></p>` : nothing}
      </form>
      <widget-preview .config=${configOf(this.#draft)} .widgetId=${widget?.id ?? null}></widget-preview>
    </div>`;
  }

  #sections(draft: WidgetDraft): TemplateResult {
    const status = WIDGET_STATUSES.map((one) => [one, words(one)] as const);
    return html`<section class="panel" aria-label="Who answers">
        <h2>Who answers</h2>
        <div class="grid">
          ${selectField({
            name: 'assistantId',
            label: 'Assistant',
            value: draft.assistantId,
            options: [['', 'None yet'], ...this.#assistants()],
            hint: draft.assistantId ? '' : 'Calls are refused until there is one.',
          })}
          ${segments({ name: 'status', label: 'Status', value: draft.status, options: status })}
        </div>
      </section>
      <section class="panel" aria-label="Words">
        <h2>Words</h2>
        <div class="grid">
          ${text(draft, 'call_to_action', 'Title', 'Talk to us')}
          ${text(draft, 'start_call_button', 'Button that starts a call', 'Start call')}
          ${text(draft, 'end_call_button', 'Button that ends it', 'End call')}
        </div>
      </section>
      <section class="panel" aria-label="Colours and corners">
        <h2>Colours and corners</h2>
        <div class="grid">
          ${COLORS.map(([name, label]) => this.#color(draft, name, label))}
          ${textField({ ...RADIUS, name: 'card_radius', label: 'Corners of the card, in pixels', value: draft.card_radius, placeholder: '12' })}
          ${textField({ ...RADIUS, name: 'button_radius', label: 'Corners of buttons, in pixels', value: draft.button_radius, placeholder: '8' })}
        </div>
      </section>
      <section class="panel" aria-label="Terms">
        <h2>Terms</h2>
        ${checkField({
          name: 'terms_and_condition',
          label: 'Visitors agree to terms before a call',
          value: draft.terms_and_condition,
        })}
        ${textField({
          name: 'terms_and_condition_content',
          label: 'The terms',
          value: draft.terms_and_condition_content,
          maxLength: 32_000,
          rows: 5,
          hint: 'Shown letter for letter. Where it is empty, the card has a sentence of its own.',
        })}
      </section>
      <section class="panel" aria-label="Where it may be">
        <h2>Where it may be</h2>
        ${textField({
          name: 'allowed_origins',
          label: 'Allowed origins',
          value: draft.allowed_origins,
          rows: 3,
          placeholder: 'https://app.example.com',
          hint: 'One a line, as https://app.example.com. Empty: any site.',
        })}
      </section>`;
  }

  #color(draft: WidgetDraft, name: ColorName, label: string): TemplateResult {
    const note = colorNote(draft, name);
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <div class="color">
        <input
          type="color"
          aria-label="${label}: pick a colour"
          .value=${pickedColor(draft, name)}
          @input=${(event: Event) => this.#onpick(event, name)}
        />
        <input
          id=${name}
          name=${name}
          autocomplete="off"
          spellcheck="false"
          maxlength="100"
          placeholder="Default"
          aria-describedby=${note ? `${name}-note` : nothing}
          .value=${draft[name]}
        />
      </div>
      ${note ? html`<p class="hint" id="${name}-note">${note}</p>` : nothing}
    </div>`;
  }

  /** The widget's own is among them even where it isn't listed, or nobody may list them. */
  #assistants(): [string, string][] {
    const listed = this.#names.all.map(({ id, name }): [string, string] => [id, name]);
    const { assistantId } = this.#before;
    const missing = assistantId !== '' && !listed.some(([id]) => id === assistantId);
    return missing ? [...listed, [assistantId, assistantId]] : listed;
  }

  #start(widget: Widget | null): void {
    this.#before = draftOf(widget);
    this.#draft = this.#before;
  }

  #changed(): boolean {
    return Object.keys(changesOf(this.#draft, this.#before)).length > 0;
  }

  readonly #oninput = ({ currentTarget }: Event): void => {
    const form = currentTarget as HTMLFormElement;
    const fields = Object.entries(this.#draft).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? isChecked(form, name) : textOf(form, name),
    ]);
    this.#draft = Object.fromEntries(fields) as unknown as WidgetDraft;
    this.requestUpdate();
  };

  /** Into the field beside it, which is what counts. */
  #onpick(event: Event, name: ColorName): void {
    event.stopPropagation();
    this.#draft = { ...this.#draft, [name]: (event.target as HTMLInputElement).value };
    this.requestUpdate();
  }

  readonly #onsubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const changes = changesOf(this.#draft, this.#before);
    if (this.item === NEW) {
      let made: Widget | null = null;
      const create = async (): Promise<void> => {
        made = await this.api.createWidget(changes);
      };
      if (!(await this.#sending.run(create))) return;
      this.say('The widget is created.');
      location.hash = addressOf('widgets', made!['id']);
      return;
    }
    if (Object.keys(changes).length === 0) return this.#sending.refuse('Nothing has changed.');
    const save = async (): Promise<void> => {
      const widget = await this.api.updateWidget(this.item!, changes);
      this.#widget.value = widget;
      this.#start(widget);
    };
    if (await this.#sending.run(save)) this.say('Saved.');
  };

  async #remove(widget: Widget): Promise<void> {
    const yes = await confirmed({
      title: `Delete “${titleOf(widget)}”?`,
      text: 'Sites that carry it will show no card any more. Its calls stay.',
      action: 'Delete widget',
    });
    if (!yes || !(await this.#sending.run(() => this.api.removeWidget(widget.id)))) return;
    this.say('The widget is deleted.');
    location.hash = addressOf('widgets');
  }
}

const RADIUS = { type: 'number', min: 0, max: 64, step: 'any' } as const;

function text(
  draft: WidgetDraft,
  name: 'call_to_action' | 'start_call_button' | 'end_call_button',
  label: string,
  placeholder: string,
): TemplateResult {
  return textField({ name, label, placeholder, value: draft[name], maxLength: 200 });
}
