/**
 * A summary in the call's own words: the exchanges that say most of what the call was about, question and answer kept
 * together, in their order. After SumBasic: what is said often matters, and what was taken already no longer does.
 * Deterministic, and pure. Knows English endings and stop words; the words of other languages count as they are.
 */

import { term } from '../site/terms.ts';
import { clipped } from './plain-text.ts';
import { type Exchange, exchangesOf, type Turn } from './turns.ts';
import { wordsOf } from './words.ts';

export const MAX_EXTRACT_CHARACTERS = 600;

const MOST_EXCHANGES = 5;
/** Of the assistant's, in one exchange. */
const MOST_REPLY_SENTENCES = 2;
/** A question and its reply always fit in. */
const MOST_SENTENCE_CHARACTERS = 190;
/** So that a single word, were it the commonest, is not the most telling of sentences. */
const SMOOTHING = 4;
const QUESTION = /[?？؟]["'”’)\]]*$/;
/** A full stop that ends no sentence. */
const ABBREVIATION = /(?:^|[\s(])(?:mr|mrs|ms|dr|st|no|vs|inc|ltd|co|approx|e\.g|i\.e|a\.m|p\.m|\p{L})\.\s*$/iu;

interface Sentence {
  readonly text: string;
  readonly terms: ReadonlySet<string>;
}

interface Candidate {
  readonly order: number;
  readonly sentences: readonly Sentence[];
  readonly terms: ReadonlySet<string>;
}

/** The sentences of the summary, one list an exchange; none where the visitor said nothing. */
export function extract(turns: readonly Turn[], tag: string): string[][] {
  const spoken = telling(exchangesOf(turns)).map(({ asked, replies }) => ({
    asked: sentencesOf(asked, tag),
    replies: sentencesOf(replies, tag),
  }));
  const probability = probabilities(spoken.flatMap(({ asked, replies }) => [...asked, ...replies]));
  let left = spoken.map(({ asked, replies }, order): Candidate => {
    const questions = asked.filter(({ text }) => QUESTION.test(text));
    const question = best(questions.length > 0 ? questions : asked, 1, probability);
    const sentences = [...question, ...best(replies, MOST_REPLY_SENTENCES, probability)];
    return { order, sentences, terms: new Set(sentences.flatMap(({ terms }) => [...terms])) };
  });
  const chosen: Candidate[] = [];
  while (chosen.length < MOST_EXCHANGES) {
    left = left.filter((each) => each.sentences.length > 0 && fits([...chosen, each]));
    const next = first(left, ({ terms }) => worth(terms, probability));
    if (next === undefined) break;
    chosen.push(next);
    left = left.filter((each) => each !== next);
    for (const one of next.terms) probability.set(one, (probability.get(one) ?? 0) ** 2);
  }
  return chosen.sort((one, other) => one.order - other.order).map(texts);
}

/** A line an exchange. */
export function extractText(turns: readonly Turn[], tag: string): string {
  return joined(extract(turns, tag));
}

function joined(exchanges: readonly (readonly string[])[]): string {
  return exchanges.map((sentences) => sentences.join(' ')).join('\n');
}

function fits(candidates: readonly Candidate[]): boolean {
  return joined(candidates.map(texts)).length <= MAX_EXTRACT_CHARACTERS;
}

function texts({ sentences }: Candidate): string[] {
  return sentences.map(({ text }) => text);
}

/** Where the mind says what answers questions, the rest is greetings and thanks, and what came too late for an answer. */
function telling(exchanges: readonly Exchange[]): Exchange[] {
  const judged = ({ replies }: Exchange): boolean => replies.some(({ answered }) => answered !== null);
  const all = exchanges.some(judged)
    ? exchanges.filter((each) => judged(each) || each.replies.length === 0)
    : exchanges;
  return all.filter(({ asked }) => asked.length > 0);
}

function sentencesOf(turns: readonly Turn[], tag: string): Sentence[] {
  const segmenter = new Intl.Segmenter(tag, { granularity: 'sentence' });
  return turns.flatMap((turn) => {
    const found: Sentence[] = [];
    let pending = '';
    const end = (): void => {
      const text = clipped(pending.trim(), MOST_SENTENCE_CHARACTERS);
      if (text !== '') found.push({ text, terms: new Set(wordsOf(text, tag).flatMap((word) => term(word) ?? [])) });
      pending = '';
    };
    for (const { segment } of segmenter.segment(turn.text)) {
      pending += segment;
      if (!ABBREVIATION.test(pending)) end();
    }
    end();
    return found;
  });
}

/** How likely a term is, of all that are said. */
function probabilities(sentences: readonly Sentence[]): Map<string, number> {
  const counts = new Map<string, number>();
  let all = 0;
  for (const { terms } of sentences) {
    for (const one of terms) {
      counts.set(one, (counts.get(one) ?? 0) + 1);
      all++;
    }
  }
  return new Map(Array.from(counts, ([one, count]) => [one, count / all]));
}

/** The `most` sentences that say most, in their order. */
function best(sentences: readonly Sentence[], most: number, probability: ReadonlyMap<string, number>): Sentence[] {
  const ranked = sentences.toSorted((one, other) => worth(other.terms, probability) - worth(one.terms, probability));
  const chosen = new Set(ranked.slice(0, most));
  return sentences.filter((sentence) => chosen.has(sentence));
}

function worth(terms: ReadonlySet<string>, probability: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const one of terms) sum += probability.get(one) ?? 0;
  return sum / (terms.size + SMOOTHING);
}

/** The one of the highest worth; of equals the earliest. */
function first<Item>(items: readonly Item[], worthOf: (item: Item) => number): Item | undefined {
  let found: Item | undefined;
  let most = -Infinity;
  for (const item of items) {
    const worth = worthOf(item);
    if (worth <= most) continue;
    found = item;
    most = worth;
  }
  return found;
}
