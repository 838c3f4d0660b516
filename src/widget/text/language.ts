/**
 * Which of its languages a widget speaks, and where their words come from. Part of the entry: English's and each other
 * language's words are chunks of their own, fetched when they are needed.
 *
 * How a card uses it:
 *
 *   const language = chooseLanguage(languageWishes(this));
 *
 * Where that is English, `first` is all it needs before a call; for anything else it shows its skeleton until
 * `(await loadText(language)) ?? first` is here. What is then shown may be English after all: take the card's `dir`
 * from `directionOf(text.language)`, and its `lang` from the first two letters of `text.language` (a `zh-Hant` visitor
 * reads simplified Chinese, and must not get the fonts of another script). Of a new `lang` the element hears only where
 * it is its own; one further out counts when the words are chosen next.
 */

import type { Text } from './en.ts';
import type { Translation } from './translation.ts';

/** By the code of their language, so that the bundler sees every file. */
const TRANSLATIONS = {
  en: async () => ({ en: {} }),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  de: () => import('./de.ts'),
  pt: () => import('./pt.ts'),
  it: () => import('./it.ts'),
  hi: () => import('./hi.ts'),
  ar: () => import('./ar.ts'),
  zh: () => import('./zh.ts'),
  ja: () => import('./ja.ts'),
  yo: () => import('./yo.ts'),
  sw: () => import('./sw.ts'),
} as const;

type Code = keyof typeof TRANSLATIONS;

/** BCP 47, as `Intl` writes it, in one of the languages that the widget speaks: `de`, `pt-BR`, `zh-Hant-TW`. */
export type Language = Code | `${Code}-${string}`;

/** An element, as far as its language is concerned; what is above it may be a shadow root or the document. */
export interface Spoken {
  readonly lang?: string;
  readonly host?: Spoken;
  readonly parentNode: Spoken | null;
}

/** What the visitor is likely to read, best first: the element's own `lang`, those around it, the browser's. */
export function languageWishes(element: Spoken): readonly string[] {
  const wishes: string[] = [];
  for (let at: Spoken | null | undefined = element; at; at = at.parentNode ?? at.host) wishes.push(at.lang ?? '');
  return wishes.concat(navigator.languages);
}

/** The first wish that can be fulfilled, with its region, else English. Wishes that make no sense are skipped. */
export function chooseLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    try {
      const locale = new Intl.Locale(wish);
      if (locale.language in TRANSLATIONS) return String(locale) as Language;
    } catch {
      // No tag at all.
    }
  }
  return 'en';
}

/**
 * All words of a language, and with them, as `language`, the tag to write numbers by. They are English where the
 * language's own can't be fetched; null where not even English can, and `first` has to do.
 */
export async function loadText(language: Language): Promise<Text | null> {
  const code = language.slice(0, 2) as Code;
  const loading: Promise<Partial<Record<Code, Translation>>> = TRANSLATIONS[code]();
  const words = loading.then(
    (file) => ({ ...file[code], language }),
    () => ({}),
  );
  try {
    return (await import('./translation.ts')).textOf(await words);
  } catch {
    return null;
  }
}

/** The direction in which a language is written. */
export function directionOf(language: string): 'rtl' | 'ltr' {
  return language.startsWith('ar') ? 'rtl' : 'ltr';
}
