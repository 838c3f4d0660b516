/** Words, in the language that an assistant speaks: its name becomes the tag that `Intl` knows it by. Pure. */

/** Two letters each: ISO 639-1, as far as languages are spoken. */
const CODES =
  'af am ar as az be bg bn bo br bs ca co cs cy da de dv dz el en eo es et eu fa fi fo fr fy ga gd gl gu ha he hi hr ht hu hy id ig is it ja jv ka kk km kn ko ku ky lb lo lt lv mg mi mk ml mn mr ms mt my nb ne nl nn no oc om or pa pl ps pt qu rm ro ru rw sa sd si sk sl sm sn so sq sr st su sv sw ta te tg th ti tk tl tn to tr ts tt ug uk ur uz vi wo xh yi yo zh zu';

/** Names that `Intl` has for nothing that stands alone. */
const ALSO: Readonly<Record<string, string>> = { mandarin: 'zh', cantonese: 'yue', farsi: 'fa', tagalog: 'fil' };

/** Any language: words are still found, in Chinese and Japanese too. */
const UNKNOWN = 'und';

/** Dear to make, and most calls are in one language. */
let last: { readonly tag: string; readonly segmenter: Intl.Segmenter } | null = null;

let names: ReadonlyMap<string, string> | null = null;

/** "English", "Deutsch", "Portuguese (Brazil)", "Brazilian Portuguese" or "pt-BR", as a tag; `und` for what is none. */
export function languageTag(language: string): string {
  const plain = language.trim().toLowerCase();
  const bare = plain.replace(/\(.*$/s, '').trim();
  names ??= namesOfLanguages();
  const named = names.get(bare) ?? names.get(bare.split(/\s+/).at(-1)!);
  if (named !== undefined) return named;
  // Longer first parts are well-formed and no language.
  if (!/^[a-z]{2,3}(?:[-_]|$)/.test(plain)) return UNKNOWN;
  try {
    return Intl.getCanonicalLocales(plain.replaceAll('_', '-'))[0] ?? UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

export function wordsOf(text: string, tag: string): string[] {
  if (last?.tag !== tag) last = { tag, segmenter: new Intl.Segmenter(tag, { granularity: 'word' }) };
  return Array.from(last.segmenter.segment(text))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
}

/** In English and in the language itself. */
function namesOfLanguages(): ReadonlyMap<string, string> {
  const found = new Map(Object.entries(ALSO));
  const english = new Intl.DisplayNames('en', { type: 'language' });
  for (const code of CODES.split(' ')) {
    const own = new Intl.DisplayNames(code, { type: 'language' });
    for (const name of [english.of(code), own.of(code)]) if (name !== undefined) found.set(name.toLowerCase(), code);
  }
  return found;
}
