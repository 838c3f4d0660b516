/** Finds the passages of a site that a spoken question is about, by BM25. */

import MiniSearch from 'minisearch';
import type { Page } from './page.ts';

/** A heading and what stands under it. */
export interface Passage {
  readonly url: string;
  readonly title: string;
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface Found {
  readonly passage: Passage;
  /** Words of the question, stemmed, that the passage has. */
  readonly terms: readonly string[];
  readonly score: number;
}

/** Said in every question and in every text. */
const STOP_WORDS = new Set(
  `a about am an and any are as at be been but by can could did do does for from get give had has have he hello her hi him his
  how i if in is it its just know let like may me might my of on or our out please she should so some tell than that the
  their them then there these they this those to up us want was we were what when where which who whom why will with
  would you your`.split(/\s+/),
);

export class SiteIndex {
  readonly #passages: readonly Passage[];
  readonly #index: MiniSearch;

  constructor(pages: readonly Page[]) {
    this.#passages = pages.flatMap(({ url, title, sections }) =>
      sections.map(({ heading, lines }) => ({ url, title, heading, lines })),
    );
    this.#index = new MiniSearch({
      fields: ['title', 'heading', 'text'],
      tokenize: wordsOf,
      processTerm: termOf,
      searchOptions: {
        boost: { heading: 2, title: 1.2 },
        // What was heard is not always what was said; short words have too many neighbours.
        fuzzy: (term) => (term.length > 5 ? 0.2 : false),
        prefix: (term) => term.length > 4,
      },
    });
    this.#index.addAll(
      this.#passages.map(({ title, heading, lines }, id) => ({ id, title, heading, text: lines.join(' ') })),
    );
  }

  /** Best first; empty where no word of the question is known. */
  search(question: string): Found[] {
    return this.#index.search(question).map(({ id, score, queryTerms }) => ({
      passage: this.#passages[id as number]!,
      terms: queryTerms,
      score,
    }));
  }

  /** What the site is about: its headings, in the order of its pages, each once. */
  get topics(): string[] {
    return [...new Set(this.#passages.map(({ heading }) => heading))];
  }
}

export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll(/[’‘']/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** A word without its commonest endings; null for one that says nothing. */
export function termOf(word: string): string | null {
  const plain = word.toLowerCase();
  if (STOP_WORDS.has(plain)) return null;
  if (plain.length > 4 && plain.endsWith('ies')) return `${plain.slice(0, -3)}y`;
  const stem = plain.replace(/(?:ing|ed|es|s)$/, '');
  return stem.length >= 3 && !plain.endsWith('ss') ? stem : plain;
}
