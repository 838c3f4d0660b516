/** Text cut to a length, and made fit to be shown as nothing but text. Pure. */

/** Its beginning, of `most` UTF-16 units at most: cut between words where there are any, never within a character. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('und').segment(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  const cut = text.slice(0, end);
  const lastSpace = cut.search(/\s\S*$/);
  return (lastSpace > end / 2 ? cut.slice(0, lastSpace) : cut).trim();
}

/** One line, without what steers a terminal, a database or the direction of writing. */
export function plain(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
