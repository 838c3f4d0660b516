/** Puts a language over English: what it does not say (yet), is said in English. Fetched beside the language. */

import type { Message } from './en-first.ts';
import { en, type Plural, type Text } from './en.ts';

/** Sentences and plurals come whole or not at all; of everything else, any part may be missing. */
type Partly<T> = T extends string | Message | Plural ? T : { readonly [K in keyof T]?: Partly<T[K]> };

/** The visitor's words in a language other than English. */
export type Translation = Partly<Text>;

/** All words in the language of `translation`, as far as it has them, and for the rest in English. */
export function textOf(translation: Translation): Text {
  return over(en, translation) as Text;
}

function over(english: object, translated: object): object {
  const merged = Object.entries(translated).map(([key, value]: [string, unknown]) => {
    const below = english[key as keyof typeof english] as unknown;
    return [key, isGroup(value) && isGroup(below) ? over(below, value) : value];
  });
  return { ...english, ...(Object.fromEntries(merged) as object) };
}

/** Whether it holds messages by name, and is not itself one of them or a plural. */
function isGroup(value: unknown): value is object {
  return value instanceof Object && !Array.isArray(value) && !('other' in value);
}
