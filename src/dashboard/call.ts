/** One call: what is known of it, who spoke when, what was said, and what can be counted. */

import { html, nothing, type TemplateResult } from 'lit';
import { analysisFigures } from './analysis.ts';
import { progressOf } from './calls.ts';
import { clock, moment, words } from './format.ts';
import { Names } from './names.ts';
import { Page } from './page.ts';
import { Pending } from './pending.ts';
import { addressOf } from './route.ts';
import type { Analysis, Call, Turn } from './shapes.ts';
import { timelineOf } from './timeline.ts';
import { timelinePicture } from './timeline-picture.ts';

export class CallPage extends Page {
  readonly #call = new Pending<Call>(this, 'the call', () => this.api.call(this.item!));
  readonly #transcript = new Pending<readonly Turn[]>(this, 'the transcript', () => this.api.transcript(this.item!));
  readonly #analysis = new Pending<Analysis>(this, 'the analysis', () => this.api.analysis(this.item!));
  readonly #names = new Names(this, () => this.api.allAssistants());

  protected override render(): TemplateResult {
    const call = this.#call.value;
    const title = call ? `Call of ${moment(call.created_at)}` : 'Call';
    return html`<nav class="crumbs" aria-label="Where this is"><a href=${addressOf('calls')}>Calls</a></nav>
      <div class="title">
        <h1 tabindex="-1">${title}</h1>
        ${call && call.status !== 2 ? html`<button type="button" @click=${this.#reload}>Refresh</button>` : nothing}
      </div>
      ${this.#call.render((one) => this.#body(one))}`;
  }

  #body(call: Call): TemplateResult {
    return html`<section class="panel" aria-label="Who spoke when">
        <h2>Who spoke when</h2>
        ${this.#transcript.render((turns) =>
          turns.length === 0
            ? html`<p class="quiet">Nothing has been said.</p>`
            : timelinePicture(timelineOf(turns, call.duration_ms ?? null)),
        )}
      </section>
      <div class="beside">
        <section class="panel" aria-label="Transcript">
          <h2>Transcript</h2>
          ${this.#transcript.render((turns) =>
            turns.length === 0
              ? html`<p class="quiet">What is said is here as soon as it is.</p>`
              : html`<ol class="turns">
                  ${turns.map(turnOf)}
                </ol>`,
          )}
        </section>
        <div class="sections">
          <section class="panel" aria-label="Facts">
            <h2>Facts</h2>
            ${this.#facts(call)}
          </section>
          <section class="panel" aria-label="Analysis">
            <h2>Analysis</h2>
            ${this.#analysis.render(analysisFigures)}
          </section>
        </div>
      </div>`;
  }

  #facts(call: Call): TemplateResult {
    const { phone, feedback } = call;
    return html`<dl class="facts">
      ${fact('Type', words(call.type))} ${fact('How it went', progressOf(call))}
      ${fact('Assistant', this.#names.link(call.assistant_id))}
      ${
        call.widget_id
          ? fact('Widget', html`<a href=${addressOf('widgets', call.widget_id)}><code>${call.widget_id}</code></a>`)
          : nothing
      }
      ${
        phone
          ? [
              fact('To', phone.number),
              fact('From', phone.from),
              fact('Provider', phone.provider),
              fact('On the telephone', phone.status && words(phone.status)),
            ]
          : nothing
      }
      ${fact('Created', moment(call.created_at))} ${fact('Answered', call.started_at && moment(call.started_at))}
      ${fact('Ended', call.ended_at && moment(call.ended_at))}
      ${fact('Duration', call.duration_ms === undefined ? null : clock(call.duration_ms))}
      ${fact('Rating', feedback ? rating(feedback.rating) : null)}
      ${fact('Comment', feedback?.comment && html`<q>${feedback.comment}</q>`)}
      ${fact('Id', html`<code>${call.id}</code>`)}
    </dl>`;
  }

  readonly #reload = (): void => {
    void this.#call.load();
    void this.#transcript.load();
    void this.#analysis.load();
  };
}

/** Nothing where nobody knows it. */
function fact(name: string, value: unknown): unknown {
  return value === null || value === undefined || value === ''
    ? nothing
    : html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`;
}

function rating(stars: number): TemplateResult {
  return html`<span class="stars" aria-hidden="true">${'★'.repeat(stars)}${'☆'.repeat(Math.max(0, 5 - stars))}</span>
    ${stars} of 5`;
}

function turnOf({ role, text, at_ms, interrupted, answered }: Turn): TemplateResult {
  return html`<li class=${role}>
    <p class="who">
      <strong>${role === 'user' ? 'Visitor' : 'Assistant'}</strong> <span class="quiet">${clock(at_ms)}</span>
      ${interrupted ? html`<span class="badge cut">Interrupted</span>` : nothing}
      ${answered === false ? html`<span class="badge">Had no answer</span>` : nothing}
    </p>
    <p class="words" dir="auto">${text}</p>
  </li>`;
}
