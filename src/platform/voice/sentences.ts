/** Cuts text where a speaker would breathe: into sentences, and long sentences into clauses. */

/** Not the end of a sentence, though a full stop follows. */
const ABBREVIATION = /(?:^|[\s(])(?:mr|mrs|ms|dr|st|no|vs|inc|ltd|co|approx|e\.g|i\.e|a\.m|p\.m|[a-z])\.$/i;

/** A clause of more characters than this is cut: a synthesiser gives nothing before it has all. */
const LONG_CLAUSE = 160;

/** Sentences in order, trimmed, each with its own punctuation; a line break ends one. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  for (const line of text.split(/\n+/)) {
    let pending = '';
    for (const part of line.trim().split(/(?<=[.!?…]["')\]]?)\s+/)) {
      pending = pending === '' ? part : `${pending} ${part}`;
      // "9 a.m. Monday" goes on, and so does "approx. twelve".
      if (ABBREVIATION.test(pending)) continue;
      if (pending !== '') sentences.push(pending);
      pending = '';
    }
    if (pending !== '') sentences.push(pending);
  }
  return sentences;
}

/** The sentences of `text`, long ones cut at commas and the like, or at a space where there are none. */
export function clausesOf(text: string): string[] {
  return sentencesOf(text).flatMap((sentence) =>
    cut(sentence, /(?<=[,;:])\s+/, (piece) => cut(piece, /\s+/, (word) => [word])),
  );
}

function cut(text: string, between: RegExp, finer: (piece: string) => string[]): string[] {
  if (text.length <= LONG_CLAUSE) return [text];
  const clauses: string[] = [];
  let clause = '';
  for (const piece of text.split(between)) {
    if (clause !== '' && clause.length + 1 + piece.length > LONG_CLAUSE) {
      clauses.push(...finer(clause));
      clause = piece;
    } else clause = clause === '' ? piece : `${clause} ${piece}`;
  }
  return clause === '' ? clauses : [...clauses, ...finer(clause)];
}
