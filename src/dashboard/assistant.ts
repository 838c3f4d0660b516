/** One assistant: its fields, to be read and changed; or a new one. */

import { html, type TemplateResult } from 'lit';
import { ASSISTANT_GROUPS, assistantChanges, type AssistantDraft, assistantDraft } from './assistant-fields.ts';
import { checkField, isChecked, textField, textOf } from './fields.ts';
import { moment } from './format.ts';
import { Page } from './page.ts';
import { Pending } from './pending.ts';
import { addressOf, NEW } from './route.ts';
import { Sending } from './sending.ts';
import type { Assistant } from './shapes.ts';

export class AssistantPage extends Page {
  readonly #assistant = new Pending<Partial<Assistant>>(this, 'the assistant', async () =>
    this.item === NEW ? { language: 'English', voice: 'female' } : this.api.assistant(this.item!),
  );
  readonly #sending = new Sending(this);

  protected override render(): TemplateResult {
    const { value } = this.#assistant;
    const title = this.item === NEW ? 'New assistant' : (value?.name ?? 'Assistant');
    return html`<nav class="crumbs" aria-label="Where this is"><a href=${addressOf('assistants')}>Assistants</a></nav>
      <div class="title"><h1 tabindex="-1">${title}</h1></div>
      ${this.#assistant.render((assistant) => this.#form(assistant))}`;
  }

  #form(assistant: Partial<Assistant>): TemplateResult {
    const draft = assistantDraft(assistant);
    const isNew = this.item === NEW;
    return html`<form class="sections narrow" @submit=${(event: SubmitEvent) => this.#onsubmit(event, draft)}>
      ${ASSISTANT_GROUPS.map(
        ([title, fields]) =>
          html`<section class="panel" aria-label=${title}>
            <h2>${title}</h2>
            <div class="grid">
              ${fields.map(({ name, label, kind, needed, hint, min, max }) => {
                const value = draft[name]!;
                if (typeof value === 'boolean') return checkField({ name, label, value });
                const long = kind === 'text' ? { rows: name === 'system_prompt' ? 8 : 2 } : {};
                const type = kind === 'whole' || kind === 'number' ? 'number' : kind === 'url' ? 'url' : 'text';
                return textField({
                  name,
                  label,
                  value,
                  type,
                  hint,
                  required: needed === true && (isNew || name === 'name'),
                  ...(type === 'number' && { step: kind === 'whole' ? 1 : 'any' }),
                  ...(min !== undefined && { min }),
                  ...(max !== undefined && { max }),
                  ...long,
                });
              })}
            </div>
          </section>`,
      )}
      <div class="actions">
        ${this.#sending.render(isNew ? 'Create assistant' : 'Save', isNew ? 'Creating…' : 'Saving…')}
      </div>
      ${
        assistant.id === undefined
          ? ''
          : html`<p class="quiet">Created ${moment(assistant.created_at!)}. Id <code>${assistant.id}</code></p>`
      }
    </form>`;
  }

  async #onsubmit(event: SubmitEvent, before: AssistantDraft): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const draft = Object.fromEntries(
      Object.entries(before).map(([name, value]) => [
        name,
        typeof value === 'boolean' ? isChecked(form, name) : textOf(form, name),
      ]),
    );
    const isNew = this.item === NEW;
    const changes = assistantChanges(draft, isNew ? assistantDraft({}) : before);
    if (Object.keys(changes).length === 0) return this.#sending.refuse('Nothing has changed.');
    const request = (): Promise<void> =>
      isNew ? this.api.createAssistant(changes) : this.api.updateAssistant(this.item!, changes);
    if (!(await this.#sending.run(request))) return;
    this.say(isNew ? 'The assistant is created.' : 'Saved.');
    if (isNew) location.hash = addressOf('assistants');
    else await this.#assistant.load();
  }
}
