/** What was said after words that are known already, out of a transcript of both. Pure. */

/**
 * The words of `both` that come after `before`. The same sound is not written the same way twice, so the cut is where
 * what lies left of it is most like `before`.
 */
export function continuation(before: string, both: string): string {
  const known = plainWords(before);
  const all = both.split(/\s+/).filter((word) => word !== '');
  const plain = all.map((word) => plainWords(word).join(' '));
  // Levenshtein's table of `known` against every beginning of `all`: the last row says how far each is.
  let row = plain.map((_, index) => index + 1);
  row.unshift(0);
  known.forEach((word, i) => {
    const next = [i + 1];
    plain.forEach((other, j) => {
      next.push(Math.min(row[j]! + (word === other ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
    });
    row = next;
  });
  // Of equals the last: a known word written in another way is no news.
  const cut = row.lastIndexOf(Math.min(...row));
  return all.slice(cut).join(' ');
}

function plainWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];
}
