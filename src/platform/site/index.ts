/** A search index of one site: every statement of its pages, found by BM25. */

import MiniSearch from 'minisearch';
import type { Page } from './page.ts';
import { askedTerms, impliedTerms, term, termsOf, wordsOf } from './terms.ts';

export interface Hit {
  readonly statement: string;
  readonly heading: string | null;
  readonly title: string;
  readonly url: string;
  /** Counts sections over the whole site: equal for statements of one section. */
  readonly section: number;
  /** Counts statements over the whole site. */
  readonly order: number;
  readonly score: number;
  /** How much of what was asked it speaks of, rare words weighing more: 0 to 1. */
  readonly coverage: number;
  /** All that was asked stands in the heading: the section is about it, whatever words its statements use. */
  readonly headed: boolean;
}

interface Statement {
  readonly id: number;
  readonly statement: string;
  readonly heading: string | null;
  readonly title: string;
  readonly url: string;
  readonly section: number;
  /** What the index reads: the statement and what it implies. */
  readonly text: string;
  /** Its whole section. */
  readonly context: string;
}

/** What a question word asks for makes a statement better, but does not find one. */
const ASKED_BOOST = 0.5;
const EARLIER_BOOST = 0.4;

export class SiteIndex {
  #statements: readonly Statement[];
  #search: MiniSearch<Statement>;
  /** In how many statements, with their headings, each term occurs. */
  #frequency = new Map<string, number>();

  constructor(pages: readonly Page[]) {
    this.#statements = statementsOf(pages);
    this.#search = new MiniSearch<Statement>({
      fields: ['text', 'heading', 'context', 'title'],
      tokenize: wordsOf,
      processTerm: term,
      searchOptions: { boost: { text: 3, heading: 2.5, context: 0.6, title: 1 } },
    });
    this.#search.addAll(this.#statements);
    for (const { text, heading } of this.#statements) {
      for (const one of new Set(termsOf(`${text} ${heading ?? ''}`))) {
        this.#frequency.set(one, (this.#frequency.get(one) ?? 0) + 1);
      }
    }
  }

  /**
   * Best first. `query` may be a whole question, without punctuation and slightly misheard; `earlier` is the question
   * before it, for one that goes on from there ("and on Sundays?").
   */
  search(query: string, earlier = ''): Hit[] {
    const terms = [...new Set(termsOf(query))];
    const asked = askedTerms(query).filter((one) => !terms.includes(one));
    const before = [...new Set(termsOf(earlier))].filter((one) => !terms.includes(one) && !asked.includes(one));
    // "How much is it?" asks for nothing but the price.
    const essential = terms.length > 0 ? terms : asked;
    const all = this.#weight(essential);
    if (all === 0) return [];
    return this.#search
      .search([...terms, ...asked, ...before].join(' '), {
        // The terms are what they shall be already.
        processTerm: (one) => one,
        tokenize: (text) => text.split(' '),
        prefix: (one) => one.length >= 4 && !/\d/.test(one),
        fuzzy: (one) => (one.length >= 5 && !/\d/.test(one) ? 0.2 : false),
        maxFuzzy: 1,
        // Of two statements with what was asked the longer one says more: length counts less than in documents.
        bm25: { k: 1.2, b: 0.5, d: 0.5 },
        boostTerm: (one) => (terms.includes(one) ? 1 : before.includes(one) ? EARLIER_BOOST : ASKED_BOOST),
      })
      .map(({ id, score, queryTerms }) => {
        const { statement, heading, title, url, section, id: order } = this.#statements[id as number]!;
        const coverage = this.#weight(essential.filter((one) => queryTerms.includes(one))) / all;
        const headingTerms = termsOf(heading ?? '');
        const headed = essential.every((one) => headingTerms.includes(one));
        // A statement of all that was asked goes before one that often says a part of it.
        return { statement, heading, title, url, section, order, score: score * (0.3 + coverage), coverage, headed };
      })
      .sort((one, other) => other.score - one.score);
  }

  #weight(terms: readonly string[]): number {
    const count = this.#statements.length;
    return terms.reduce((sum, one) => sum + Math.log(1 + count / (this.#frequency.get(one) ?? 0.5)), 0);
  }
}

function statementsOf(pages: readonly Page[]): Statement[] {
  const statements: Statement[] = [];
  const seen = new Set<string>();
  let section = 0;
  for (const { url, title, sections } of pages) {
    for (const { heading, text: body } of sections) {
      section++;
      // A question on a page is an invitation to ask, and no answer.
      const lines = body.split('\n').filter((line) => !line.includes('?'));
      const context = lines.join(' ');
      for (const statement of lines) {
        // Footers say the same on every page.
        const key = `${heading ?? ''}\n${statement}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const text = [statement, ...impliedTerms(statement)].join(' ');
        statements.push({ id: statements.length, statement, heading, title, url, section, text, context });
      }
    }
  }
  return statements;
}
