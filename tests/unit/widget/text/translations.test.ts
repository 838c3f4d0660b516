import { describe, expect, it } from 'vitest';
import { ar } from '../../../../src/widget/text/ar.ts';
import { de } from '../../../../src/widget/text/de.ts';
import { en } from '../../../../src/widget/text/en.ts';
import { es } from '../../../../src/widget/text/es.ts';
import { fr } from '../../../../src/widget/text/fr.ts';
import { hi } from '../../../../src/widget/text/hi.ts';
import { it as italian } from '../../../../src/widget/text/it.ts';
import { ja } from '../../../../src/widget/text/ja.ts';
import { pt } from '../../../../src/widget/text/pt.ts';
import { sw } from '../../../../src/widget/text/sw.ts';
import { type Translation, textOf } from '../../../../src/widget/text/translation.ts';
import { yo } from '../../../../src/widget/text/yo.ts';
import { zh } from '../../../../src/widget/text/zh.ts';

const LANGUAGES: Record<string, Translation> = { es, fr, de, pt, it: italian, hi, ar, zh, ja, yo, sw };

/** Every string by its path, `errors.full.0`; plurals apart, for their categories differ. */
function strings(words: object, path = ''): [path: string, string: string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    if (typeof value === 'string') return [[path + key, value]];
    return 'other' in (value as object) ? [] : strings(value as object, `${path}${key}.`);
  });
}

function plurals(words: object): [path: string, plural: Record<string, string>][] {
  return Object.entries(words).filter(([, value]) => value instanceof Object && 'other' in value) as [
    string,
    Record<string, string>,
  ][];
}

const english = new Map(strings(en));
const englishPlurals = new Map(plurals(en));
const all = (words: object): [string, string][] => [
  ...strings(words),
  ...plurals(words).flatMap(([path, plural]) => strings(plural, `${path}.`)),
];
const placeholders = (text: string): string[] => [...text.matchAll(/\{\w*\}/g)].map(([found]) => found).sort();

/** What stays in Latin letters in every script. */
const LATIN = /https:\/\/|Chrome|Edge|Firefox|Safari|\{\w+\}/g;
const LATIN_OWN = /[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;
const COMMON = /[\p{Script=Common}\p{Script=Inherited}]/u;
const SCRIPTS: Record<string, RegExp> = {
  hi: /\p{Script=Devanagari}/u,
  ar: /\p{Script=Arabic}/u,
  zh: /\p{Script=Han}/u,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
};

/** Punctuation that belongs to another language's typography. */
const FOREIGN: Record<string, RegExp> = {
  es: /^[^¿]*\?|^[^¡]*!|["'«»]/,
  fr: /["']|(?<![\u202f\u00a0])[?!;»]|(?<![\u00a0]|https):|«(?!\u00a0)/,
  de: /["']/,
  pt: /["']/,
  it: /["']/,
  hi: /["']|[\p{Script=Devanagari}]\.|\u0964\S/u,
  ar: /["',;?]/,
  zh: /["',;?!]|\.|(?<!https):|[。，、；？！]\s/,
  ja: /["',;?!]|\.|(?<!https):|[。、？！]\s/,
  yo: /["']/,
  sw: /["']/,
};

/** The same word is the right one in both languages. */
const SAME: Record<string, readonly string[]> = {
  fr: ['assistant', 'conversation'],
};

const segmenter = new Intl.Segmenter();
/** How much room a text takes, in average Latin letters: Chinese and Japanese characters are twice as wide. */
function room(text: string): number {
  const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]/u;
  return [...segmenter.segment(text)].reduce((sum, { segment }) => sum + (wide.test(segment) ? 2 : 1), 0);
}

/** Buttons beside which another one stands have about 190 px, others the whole card. */
const NARROW = ['end', 'endChat', 'agree', 'send'] as const;
const WIDE = ['start', 'retry', 'cancel', 'again', 'press', 'startChat', 'chatAgain'] as const;

describe.each(Object.entries(LANGUAGES))('the words in %s', (language, words) => {
  it('are all there', () => {
    const has = new Set([...strings(words), ...plurals(words)].map(([path]) => path));
    expect([...english.keys(), ...englishPlurals.keys()].filter((path) => !has.has(path))).toEqual([]);
  });

  it('are none that English does not have', () => {
    expect(strings(words).flatMap(([path]) => (english.has(path) ? [] : [path]))).toEqual([]);
    expect(plurals(words).flatMap(([path]) => (englishPlurals.has(path) ? [] : [path]))).toEqual([]);
  });

  it('name their language, as Intl does', () => {
    expect(words.language).toBe(language);
    expect(Intl.PluralRules.supportedLocalesOf(language)).toEqual([language]);
  });

  it('are empty exactly where English is', () => {
    expect(strings(words).filter(([path, text]) => !text !== !english.get(path))).toEqual([]);
  });

  it('keep the placeholders', () => {
    const wrong = strings(words).filter(
      ([path, text]) => placeholders(text).join() !== placeholders(english.get(path) ?? '').join(),
    );
    expect(wrong).toEqual([]);
  });

  it('keep what is to be typed and the names of browsers', () => {
    expect(words.errors?.['insecure-context']?.[1]).toContain('https://');
    const browsers = words.errors?.unsupported?.[1].match(/Chrome|Edge|Firefox|Safari/g);
    expect(browsers).toEqual(['Chrome', 'Edge', 'Firefox', 'Safari']);
  });

  it('have a sentence for each plural category', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [path, plural] of plurals(words)) {
      expect(Object.keys(plural).sort(), `in ${path}`).toEqual([...pluralCategories].sort());
      expect(Object.values(plural).every(Boolean), `in ${path}`).toBe(true);
    }
  });

  // A category of one number may have a word for it: "two seconds" is one word in Arabic.
  it('have the number in each plural that stands for several', () => {
    const rules = new Intl.PluralRules(language);
    for (const [path, plural] of plurals(words)) {
      for (const [category, text] of Object.entries(plural)) {
        const numbers = Array.from({ length: 200 }, (_, n) => n).filter((n) => rules.select(n) === category);
        expect(placeholders(text), `${path}.${category}`).toEqual(
          numbers.length === 1 && !text.includes('{') ? [] : ['{n}'],
        );
      }
    }
  });

  it('are clean: no markup, no stray space, no dots for an ellipsis, composed letters', () => {
    const unclean = all(words).filter(
      ([, text]) => /[<>&]|\.\.|\s{2}|[\n\t]|\{(?!n\}|name\})/.test(text) || text !== text.trim().normalize('NFC'),
    );
    expect(unclean).toEqual([]);
  });

  it('have the typography of their language', () => {
    expect(all(words).filter(([, text]) => FOREIGN[language]?.test(text))).toEqual([]);
  });

  it('are in their script', () => {
    const own = SCRIPTS[language] ?? LATIN_OWN;
    const foreign = all(words).filter(([path, text]) => {
      const letters = Array.from(text.replaceAll(LATIN, ''));
      if (path === 'language' || !text) return false;
      return !letters.some((letter) => own.test(letter)) || letters.some((l) => !own.test(l) && !COMMON.test(l));
    });
    expect(foreign).toEqual([]);
  });

  it('are not English', () => {
    const same = strings(words).filter(([path, text]) => text && text === english.get(path));
    expect(same.map(([path]) => path)).toEqual(SAME[language] ?? []);
    const samePlurals = plurals(words).filter(([path, { other }]) => other === englishPlurals.get(path)?.['other']);
    expect(samePlurals).toEqual([]);
  });

  it('end a sentence, or do not, as English does', () => {
    const ends = (text: string): boolean => /[.?!।。？！؟]\u200e?$/u.test(text);
    const wrong = strings(words).filter(([path, text]) => ends(text) !== ends(english.get(path) ?? ''));
    expect(wrong).toEqual([]);
  });

  it('take at most a third more room than English in all, and nowhere much more', () => {
    const total = (texts: [string, string][]): number => texts.reduce((sum, [, text]) => sum + room(text), 0);
    expect(total(strings(words)) / total(strings(en))).toBeLessThan(1.33);
    const long = strings(words).filter(([path, text]) => room(text) > 1.7 * room(english.get(path) ?? '') + 12);
    expect(long).toEqual([]);
  });

  it('fit titles and buttons', () => {
    const titles = strings(words).filter(([path, text]) => path.endsWith('.0') && room(text) > 34);
    expect(titles).toEqual([]);
    expect(NARROW.filter((key) => room(words[key] ?? '') > 18)).toEqual([]);
    expect(WIDE.filter((key) => room(words[key] ?? '') > 26)).toEqual([]);
    expect(room(words.agree ?? '') + room(words.decline ?? '')).toBeLessThan(27);
  });
});

describe('Portuguese, French, Spanish, Italian, Hindi and Arabic', () => {
  it.each([
    ['pt-PT', pt],
    ['fr-CA', fr],
    ['es-MX', es],
    ['hi-IN', hi],
    ['ar-EG', ar],
    ['ar-MA', ar],
    ['it-CH', italian],
  ] as const)('have all plurals that %s needs', (tag, words) => {
    const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
    for (const [, plural] of plurals(words))
      expect(Object.keys(plural)).toEqual(expect.arrayContaining(pluralCategories));
  });
});

describe('textOf', () => {
  const half: Translation = {
    language: 'ja',
    start: 'はじめ',
    ready: ['どうぞ', ''],
    endsIn: { other: 'あと{n}' },
    warnings: { silence: ['もしもし？', ''] },
    errors: { full: ['混雑', 'また'] },
  };

  it('says in English what a language does not have', () => {
    const text = textOf(half);
    expect(text.end).toBe(en.end);
    expect(text.ended).toEqual(en.ended);
    expect(text.fullFor).toEqual(en.fullFor);
    expect(text.warnings.max_duration).toEqual(en.warnings.max_duration);
    expect(text.errors.paused).toEqual(en.errors.paused);
  });

  it('says everything else in that language, sentences and plurals whole', () => {
    const { language, start, ready, endsIn, warnings, errors } = textOf(half);
    expect({ language, start, ready, endsIn }).toEqual({
      language: 'ja',
      start: 'はじめ',
      ready: ['どうぞ', ''],
      endsIn: { other: 'あと{n}' },
    });
    expect([warnings.silence, errors.full]).toEqual([half.warnings?.silence, half.errors?.full]);
  });

  it('leaves English as it was', () => {
    const before = JSON.stringify(en);
    textOf(half);
    expect(JSON.stringify(en)).toBe(before);
    expect(textOf({})).toEqual(en);
  });

  it.each(Object.entries(LANGUAGES))('puts no English into %s', (_, words) => {
    expect(textOf(words)).toEqual(words);
  });
});
