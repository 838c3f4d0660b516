/**
 * A mind that needs no network: it answers with the statements of the site's pages that speak best of what was asked,
 * and says so where none does. It makes nothing up. English.
 */

import type { Hit } from '../site/index.ts';
import { termsOf } from '../site/terms.ts';
import type { Message, Mind } from './engines.ts';
import { offer, smallTalk } from './small-talk.ts';

/** Where the answers come from: `SiteContent`. */
export interface Knowledge {
  /** Fetches what has changed since it was last asked. */
  prepare(assistantId: string): Promise<void>;
  search(assistantId: string, query: string, earlier?: string): readonly Hit[];
  topics(assistantId: string): readonly string[];
}

/** A statement of less than this much of the question is no answer to it. */
const LEAST_COVERAGE = 0.5;
/** Statements this near to the best one belong to the answer; those of another section have to be nearer. */
const NEAR_BEST = 0.55;
const NEAR_BEST_ELSEWHERE = 0.8;
/** An answer of more words than this needs nothing from another section. */
const FULL_WORDS = 15;
/** About twenty seconds: more is a lecture. */
const MOST_WORDS = 60;
/** Sentences; a row of a table counts as half of one. */
const MOST_SENTENCES = 3;
const ROW_WORDS = 6;

type Turn = Parameters<Mind['reply']>[0];

export class LocalMind implements Mind {
  #knowledge: Knowledge;

  constructor(knowledge: Knowledge) {
    this.#knowledge = knowledge;
  }

  prepare(assistantId: string): Promise<void> {
    return this.#knowledge.prepare(assistantId);
  }

  async *reply(turn: Turn): AsyncGenerator<string> {
    for (const sentence of this.#answer(turn)) {
      if (turn.signal.aborted) return;
      yield `${sentence} `;
    }
  }

  #answer({ text, history, persona, report }: Turn): readonly string[] {
    const topics = this.#knowledge.topics(persona.assistantId);
    const chat = smallTalk(text, { persona, history, topics });
    if (chat !== null) return [chat];
    const hits = this.#knowledge
      .search(persona.assistantId, text, goesOn(text) ? questionBefore(text, history) : '')
      .filter(({ coverage }) => coverage >= LEAST_COVERAGE);
    report?.(hits.length > 0);
    return hits.length > 0 ? statements(hits) : ["I'm sorry, I don't know that.", offer({ persona, topics })];
  }
}

/** "And on Sundays?", "what about children", "how much is it": about what was spoken of before. */
function goesOn(text: string): boolean {
  const follows = /^\W*(?:and|or|but|what about|how about)\b|\b(?:it|that|they|them|those)\b/i;
  return follows.test(text) || termsOf(text).length <= 1;
}

function questionBefore(text: string, history: readonly Message[]): string {
  return history.findLast((message) => message.role === 'user' && message.text !== text)?.text ?? '';
}

/** The best statement and its near equals, in the page's order, short enough to listen to. */
function statements(hits: readonly Hit[]): string[] {
  const best = hits[0]!;
  const chosen: Hit[] = [];
  let words = 0;
  let sentences = 0;
  const choose = (hit: Hit): void => {
    const length = hit.statement.split(' ').length;
    const weight = length <= ROW_WORDS ? 0.5 : 1;
    if (chosen.length > 0 && (words + length > MOST_WORDS || sentences + weight > MOST_SENTENCES)) return;
    chosen.push(hit);
    words += length;
    sentences += weight;
  };
  // The tolerance is for rounding only: an answer to half the question adds nothing to a whole one.
  const whole = hits.filter(({ coverage }) => coverage > best.coverage - 0.01);
  for (const hit of whole) {
    if (hit.section === best.section && (hit.headed || hit.score >= best.score * NEAR_BEST)) choose(hit);
  }
  for (const hit of whole) {
    if (hit.section !== best.section && hit.score >= best.score * NEAR_BEST_ELSEWHERE && words < FULL_WORDS)
      choose(hit);
  }
  return chosen.sort((one, other) => one.order - other.order).map(({ statement }) => statement);
}
