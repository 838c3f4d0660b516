import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { en } from '../../../../src/widget/text/en.ts';
import {
  chooseLanguage,
  directionOf,
  type Language,
  languageWishes,
  loadText,
  type Spoken,
} from '../../../../src/widget/text/language.ts';

const TWELVE = ['en', 'es', 'fr', 'de', 'pt', 'it', 'hi', 'ar', 'zh', 'ja', 'yo', 'sw'] as const;
const files = '../../../../src/widget/text';

describe('chooseLanguage', () => {
  it.each(TWELVE)('knows %s', (language) => {
    expect(chooseLanguage([language])).toBe(language);
  });

  it.each<[readonly string[], Language]>([
    [[], 'en'],
    [['', ' ', '*', '-', 'e', 'x-private', 'de_DE', 'english'], 'en'],
    [['', 'de'], 'de'],
    [['nl', 'fr', 'de'], 'fr'],
    [['nl-BE', 'ru', 'ko-KR'], 'en'],
    [['pt-BR'], 'pt-BR'],
    [['PT-br'], 'pt-BR'],
    [['DE'], 'de'],
    [['en-GB', 'de'], 'en-GB'],
    [['ar-EG'], 'ar-EG'],
    [['zh-hant-tw'], 'zh-Hant-TW'],
    [['de-CH-1996'], 'de-CH-1996'],
    [['ar-u-nu-latn'], 'ar-u-nu-latn'],
    [['cmn-Hans-CN'], 'zh-Hans-CN'],
    [['spa'], 'es'],
    [['est', 'dev', 'arn', 'swe'], 'en'], // Estonian, Domung, Mapudungun, Swedish: not what their first letters say
    [['valueof', 'tostring', '__proto__'], 'en'],
  ])('makes of %j %s', (wishes, language) => {
    expect(chooseLanguage(wishes)).toBe(language);
  });

  it('gives one of the twelve in a tag that Intl takes, whatever the wishes', () => {
    const part = fc.constantFrom(...TWELVE, 'nl', 'Hant', 'BR', '419', 'u', 'x', 'nu', 'arab', '1996', '_', '');
    const wish = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(part).map((parts) => parts.join('-')),
    );
    fc.assert(
      fc.property(fc.array(wish), (wishes) => {
        const language = chooseLanguage(wishes);
        expect(TWELVE).toContain(language.slice(0, 2));
        expect(new Intl.Locale(language).language).toBe(language.slice(0, 2));
        expect(new Intl.NumberFormat(language).format(1)).not.toBe('');
        expect(new Intl.PluralRules(language).select(1)).not.toBe('');
      }),
    );
  });
});

describe('languageWishes', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** The element first, what is around it after it; 'shadow' is where a shadow root and its host come next. */
  function page(...langs: string[]): Spoken {
    const documentNode: Spoken = { parentNode: null };
    return langs.reduceRight<Spoken>(
      (parentNode, lang) => (lang === 'shadow' ? { parentNode: null, host: parentNode } : { lang, parentNode }),
      documentNode,
    );
  }

  it.each<[string, Spoken, Language]>([
    ["the element's own language", page('de', 'fr', 'es'), 'de'],
    ['that of the nearest ancestor', page('', '', 'fr', 'es'), 'fr'],
    ["the document's", page('', '', 'es'), 'es'],
    ['that around a shadow root', page('', 'shadow', '', 'shadow', 'it', 'es'), 'it'],
    ['the next one further out, where one is not spoken', page('nl', '', 'es'), 'es'],
    ["the browser's first that is spoken, where the page says none", page('', ''), 'sw'],
    ["the browser's, where the page's is not spoken", page('', 'nl'), 'sw'],
  ])('prefer %s', (_, element, language) => {
    vi.stubGlobal('navigator', { languages: ['nl-NL', 'sw', 'ja'] });
    expect(chooseLanguage(languageWishes(element))).toBe(language);
  });
});

describe('loadText', () => {
  afterEach(() => {
    for (const file of ['de', 'translation']) vi.doUnmock(`${files}/${file}.ts`);
    vi.resetModules();
  });

  it.each(TWELVE)('has all words in %s', async (language) => {
    const text = await loadText(language);
    expect(text?.language).toBe(language);
    expect(text && Object.keys(text).sort()).toEqual(Object.keys(en).sort());
    expect(text?.end === en.end).toBe(language === 'en');
  });

  it('keeps the region for numbers and times', async () => {
    expect(await loadText('de-CH')).toMatchObject({ language: 'de-CH', end: 'Auflegen' });
    expect(await loadText('en-GB')).toEqual({ ...en, language: 'en-GB' });
  });

  it('is English, and says so, where a language could not be fetched', async () => {
    vi.doMock(`${files}/de.ts`, () => {
      throw new TypeError('Failed to fetch');
    });
    expect(await loadText('de-CH')).toEqual(en);
  });

  it('is null where not even English could be fetched', async () => {
    vi.doMock(`${files}/translation.ts`, () => {
      throw new TypeError('Failed to fetch');
    });
    expect([await loadText('de'), await loadText('en')]).toEqual([null, null]);
  });
});

describe('directionOf', () => {
  it.each(['ar', 'ar-EG'])('is from right to left in %s', (language) => {
    expect(directionOf(language)).toBe('rtl');
  });

  it.each(TWELVE.filter((language) => language !== 'ar'))('is from left to right in %s', (language) => {
    expect(directionOf(language)).toBe('ltr');
  });
});
