import { describe, expect, it } from 'vitest';
import { languageTag, wordsOf } from '../../../../src/platform/analysis/words.ts';

describe('the tag of a language', () => {
  it.each([
    ['English', 'en'],
    [' english ', 'en'],
    ['American English', 'en'],
    ['Deutsch', 'de'],
    ['Portuguese (Brazil)', 'pt'],
    ['Brazilian Portuguese', 'pt'],
    ['Chinese (Simplified)', 'zh'],
    ['Mandarin', 'zh'],
    ['日本語', 'ja'],
    ['pt-BR', 'pt-BR'],
    ['zh_Hant', 'zh-Hant'],
  ])('%j is %j', (language, tag) => {
    expect(languageTag(language)).toBe(tag);
  });

  it.each(['', ' ', 'Klingon', 'x-private', 'en-', '12', 'the language of the birds', '()'])(
    '%j is none',
    (language) => {
      expect(languageTag(language)).toBe('und');
    },
  );
});

describe('words', () => {
  it.each([
    ['en', "We're open 9 to 5, gluten-free!", ["We're", 'open', '9', 'to', '5', 'gluten', 'free']],
    ['zh', '我想订一张桌子。', ['我想', '订', '一张', '桌子']],
    ['ja', '予約したいです。', ['予約', 'した', 'い', 'です']],
    ['und', '桌子 table', ['桌子', 'table']],
    ['en', ' … ?! ', []],
  ])('in %s of %j', (tag, text, words) => {
    expect(wordsOf(text, tag)).toEqual(words);
  });
});
