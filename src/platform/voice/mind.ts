/**
 * A mind that needs no network: small talk first, then the sentences of the site's pages that the question is about,
 * else an honest word on what it can answer. It makes nothing up: what it says of the business stands on its pages.
 */

import type { SiteContent } from '../site/content.ts';
import { type Found, type SiteIndex, termOf, wordsOf } from '../site/index.ts';
import type { Mind, Persona } from './engines.ts';
import { smallTalk } from './small-talk.ts';

/** About twenty seconds of speech: more is a lecture. */
const MAX_WORDS = 60;
const MAX_LINES = 4;
/** The share of a question's words that a passage must have, weighed the same. */
const ENOUGH = 0.5;
const MAX_TOPICS = 4;

type Turn = Parameters<Mind['reply']>[0];

export class LocalMind implements Mind {
  readonly #content: SiteContent;

  constructor(content: SiteContent) {
    this.#content = content;
  }

  async *reply({ text, persona, signal }: Turn): AsyncGenerator<string> {
    for (const sentence of this.#answer(text, persona)) {
      if (signal.aborted) return;
      yield `${sentence} `;
    }
  }

  #answer(text: string, persona: Persona): readonly string[] {
    const site = this.#content.of(persona.assistantId);
    const topics = site ? topicsOf(site) : '';
    const remark = smallTalk(text, persona, topics);
    if (remark) return [remark];
    const found = site ? passagesFor(site, text) : [];
    if (found.length > 0) return sentencesFor(text, found);
    const sorry = 'I am sorry, I do not know that.';
    return topics ? [sorry, `I can tell you about ${topics}.`] : [sorry];
  }
}

/** The passages that have enough of what was asked; empty where none has. */
function passagesFor(site: SiteIndex, question: string): Found[] {
  const asked = termsOf(question);
  if (asked.size === 0) return [];
  return site.search(question).filter(({ terms }) => new Set(terms).size / asked.size >= ENOUGH);
}

/** The best passage's lines that say most of what was asked, in its order; all of a short one. */
function sentencesFor(question: string, [best]: readonly Found[]): readonly string[] {
  const { heading, lines } = best!.passage;
  const asked = termsOf(question);
  const scored = lines.map((line, at) => {
    const terms = termsOf(line);
    return { at, line, score: [...asked].filter((term) => terms.has(term)).length };
  });
  const anyMatches = scored.some(({ score }) => score > 0);
  // Asked by its heading, a passage is told from its beginning.
  const ranked = anyMatches ? scored.toSorted((a, b) => b.score - a.score || a.at - b.at) : scored;
  const chosen: typeof scored = [];
  let words = 0;
  for (const candidate of ranked.slice(0, MAX_LINES)) {
    const length = wordsOf(candidate.line).length;
    if (chosen.length > 0 && (words + length > MAX_WORDS || (anyMatches && candidate.score === 0))) break;
    chosen.push(candidate);
    words += length;
  }
  const told = chosen.toSorted((a, b) => a.at - b.at).map(({ line }) => asSentence(line));
  // A row of a table says little without what it is a table of.
  const needsHeading = told.length > 0 && wordsOf(told[0]!).length < 6;
  return needsHeading ? [`${heading}: ${told[0]!}`, ...told.slice(1)] : told;
}

function termsOf(text: string): Set<string> {
  return new Set(
    wordsOf(text)
      .map(termOf)
      .filter((term) => term !== null),
  );
}

function asSentence(line: string): string {
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}

/** "the menu, opening hours and delivery" */
function topicsOf(site: SiteIndex): string {
  const names = site.topics.filter((topic) => wordsOf(topic).length <= 4).slice(0, MAX_TOPICS);
  return new Intl.ListFormat('en').format(names);
}
