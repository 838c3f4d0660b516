/** What can be counted of a call, in figures. */

import { html, nothing, type TemplateResult } from 'lit';
import { count, percent, time } from './format.ts';
import type { Analysis } from './shapes.ts';

/** Who summed the call up. */
const SUMMARY = {
  extractive: 'Summary in words of the call',
  model: 'Summary by a language model',
} as const;

export function analysisFigures(analysis: Analysis): TemplateResult {
  const { complete, turns, talk_ratio, interruptions, response_times_ms, words, questions, summary } = analysis;
  const { p50, p95 } = response_times_ms;
  return html`${complete ? nothing : html`<p class="quiet">The call goes on: these are the figures so far.</p>`}
    ${summary.text ? html`<p class="words" dir="auto">${summary.text}</p>` : nothing}
    ${summary.text ? html`<p class="hint">${SUMMARY[summary.by]}</p>` : nothing}
    <dl class="figures">
      ${figure(
        'Talk, visitor to assistant',
        talk_ratio ? `${percent(talk_ratio.user)} : ${percent(talk_ratio.assistant)}` : 'Nobody talked',
      )}
      ${figure(
        'Time to an answer',
        p50 === null ? 'None was given' : time(p50),
        p95 === null ? '' : `95 of 100 within ${time(p95)}`,
      )}
      ${figure('Interruptions', `${interruptions}`)}
      ${figure('Turns', `${turns.user + turns.assistant}`, `${turns.user} visitor, ${turns.assistant} assistant`)}
      ${figure('Words', `${words.user + words.assistant}`, `${words.user} visitor, ${words.assistant} assistant`)}
      ${figure('Questions', `${questions.asked}`, `${questions.answered} answered`)}
    </dl>
    ${
      questions.unanswered.length === 0
        ? nothing
        : html`<h3>${count(questions.unanswered.length, 'question')} without an answer</h3>
            <ul class="unanswered">
              ${questions.unanswered.map((question) => html`<li>${question}</li>`)}
            </ul>`
    }`;
}

function figure(name: string, value: string, more = ''): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}${more ? html`<span class="quiet">${more}</span>` : nothing}</dd>
  </div>`;
}
