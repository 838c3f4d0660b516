/** Cuts a reply, as it streams in, into sentences that can be spoken one at a time. */

/** A full stop after these ends no sentence. */
const ABBREVIATIONS = new Set(
  'mr mrs ms dr prof st jr sr vs etc approx dept est fig inc ltd co corp no tel ext ave blvd e.g i.e a.m p.m u.s u.k'.split(
    ' ',
  ),
);

/** Longer than this without an end, a stretch is cut at a comma or a space: nobody should wait for it. */
const LONGEST_CHARACTERS = 300;

const END = /([.!?…]+["'”’)\]]*)\s+|\n+/g;

export class SentenceSplitter {
  #pending = '';

  /** The sentences that `piece` completes. */
  push(piece: string): string[] {
    this.#pending += piece;
    const found: string[] = [];
    for (let cut = this.#nextCut(); cut > 0; cut = this.#nextCut()) {
      const sentence = this.#pending.slice(0, cut).trim();
      this.#pending = this.#pending.slice(cut);
      if (sentence !== '') found.push(tidy(sentence));
    }
    return found;
  }

  /** What is left when the reply is over. */
  end(): string[] {
    const rest = this.#pending.trim();
    this.#pending = '';
    return rest === '' ? [] : [tidy(rest)];
  }

  /** Characters up to the end of the first whole sentence; 0 where there is none yet. */
  #nextCut(): number {
    END.lastIndex = 0;
    for (let match = END.exec(this.#pending); match !== null; match = END.exec(this.#pending)) {
      const after = match.index + match[0].length;
      if (match[1] === undefined) return after;
      if (match[1].startsWith('.') && !endsSentence(this.#pending.slice(0, match.index), this.#pending[after]))
        continue;
      return after;
    }
    if (this.#pending.length <= LONGEST_CHARACTERS) return 0;
    const comma = Math.max(...[', ', '; ', ': '].map((mark) => this.#pending.lastIndexOf(mark, LONGEST_CHARACTERS)));
    if (comma > 0) return comma + 1;
    return Math.max(this.#pending.lastIndexOf(' ', LONGEST_CHARACTERS), 0) || LONGEST_CHARACTERS;
  }
}

/** The sentences of a streaming reply. */
export async function* sentences(pieces: AsyncIterable<string>): AsyncIterable<string> {
  const splitter = new SentenceSplitter();
  for await (const piece of pieces) yield* splitter.push(piece);
  yield* splitter.end();
}

/** Whether the full stop behind `before` ends a sentence that `next` does not go on with. */
function endsSentence(before: string, next: string | undefined): boolean {
  const word = /[\p{L}\p{N}.]+$/u.exec(before)?.[0] ?? '';
  // "9 a.m. on Mondays" goes on, "at 9 a.m. We" does not; while there is no next, nobody knows.
  if (/^[ap]\.m$/i.test(word)) return next !== undefined && /[\p{Lu}"“]/u.test(next);
  // An initial: "J. Northwind". "I" ends sentences.
  if (/^\p{Lu}$/u.test(word) && word !== 'I') return false;
  // "1. First": a number that is the whole stretch so far is a list's mark.
  if (/^\s*\d+$/.test(before)) return false;
  return !ABBREVIATIONS.has(word.toLowerCase());
}

function tidy(sentence: string): string {
  return sentence.replace(/\s+/g, ' ');
}
