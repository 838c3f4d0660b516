/** The visitor's words as far as they are here: the first ones at once in English, all of them once they are needed. */

import { Lazy } from './lazy.ts';
import { type FirstText, first } from './text/en-first.ts';
import type { Text } from './text/en.ts';
import { chooseLanguage, type Language, languageWishes, loadText, type Spoken } from './text/language.ts';

export class Words {
  language: Language = 'en';
  /** The whole dictionary. */
  whole: Lazy<Text>;

  readonly #onchange: () => void;
  #latest: FirstText | null = null;

  /** @param onchange when more words are here, or can't be had */
  constructor(onchange: () => void) {
    this.#onchange = onchange;
    this.whole = this.#dictionary();
  }

  /** Words before a call. Null while the first ones of another language than English are on their way. */
  get first(): FirstText | null {
    const { part, failed } = this.whole;
    const here = part ?? (failed || this.language.startsWith('en') ? first : null);
    if (here) this.#latest = here;
    else this.whole.want();
    return this.#latest;
  }

  /** Goes by what `element` and its page say now. What is shown stays until the other words are here. */
  follow(element: Spoken): void {
    const language = chooseLanguage(languageWishes(element));
    if (language === this.language) return;
    this.language = language;
    this.whole = this.#dictionary();
  }

  #dictionary(): Lazy<Text> {
    return new Lazy(async () => {
      const text = await loadText(this.language);
      if (!text) throw new Error('The dictionary could not be fetched.');
      return text;
    }, this.#onchange);
  }
}
