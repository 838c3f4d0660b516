/** How far a transcript is from what was said, in words; case and punctuation don't count. */

export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/[’‘]/g, "'")
      .match(/[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu) ?? []
  );
}

/** Substitutions, deletions and insertions, by said words: 0 is perfect, and more than 1 is possible. */
export function wordErrorRate(said: string, heard: string): number {
  const expected = wordsOf(said);
  const actual = wordsOf(heard);
  if (expected.length === 0) return actual.length === 0 ? 0 : 1;
  // Levenshtein's table, a row at a time.
  let row = actual.map((_, index) => index + 1);
  row.unshift(0);
  expected.forEach((word, i) => {
    const next = [i + 1];
    actual.forEach((other, j) => {
      next.push(Math.min(row[j]! + (word === other ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
    });
    row = next;
  });
  return row[actual.length]! / expected.length;
}

/** The share of said words, each counted once, that were heard somewhere: 0 to 1. */
export function wordsKept(said: string, heard: string): number {
  const expected = wordsOf(said);
  const left = wordsOf(heard);
  const kept = expected.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return expected.length === 0 ? 1 : kept.length / expected.length;
}
