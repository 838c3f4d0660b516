/** A guard against a speech model's known failure: saying the same words over and over. */

/** Longest phrase, in words, that is looked for. */
const LONGEST_PHRASE = 10;

/** People do say a word three times ("no no no"), and a phrase twice. */
const most = (phraseWords: number): number => (phraseWords === 1 ? 3 : 2);

/** `text`, with any phrase that repeats more often than people repeat themselves said once. */
export function withoutLoops(text: string): string {
  let words = text.split(/\s+/).filter((word) => word !== '');
  for (let length = 1; length <= LONGEST_PHRASE; length++) words = collapse(words, length);
  return words.join(' ');
}

function collapse(words: string[], length: number): string[] {
  const kept: string[] = [];
  for (let at = 0; at < words.length;) {
    let times = 1;
    while (same(words, at, at + times * length, length)) times++;
    if (times > most(length)) {
      kept.push(...words.slice(at, at + length));
      at += times * length;
    } else {
      kept.push(words[at]!);
      at++;
    }
  }
  return kept;
}

function same(words: readonly string[], one: number, other: number, length: number): boolean {
  if (other + length > words.length) return false;
  for (let index = 0; index < length; index++) {
    if (bare(words[one + index]!) !== bare(words[other + index]!)) return false;
  }
  return true;
}

const bare = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}']/gu, '') || word;
