import { describe, expect, it } from 'vitest';
import { SentenceSplitter, sentences } from '../../../../src/platform/voice/sentence-splitter.ts';

/** The text in pieces of `size` characters, as a stream might bring it. */
function split(text: string, size = 3): string[] {
  const splitter = new SentenceSplitter();
  const found: string[] = [];
  for (let at = 0; at < text.length; at += size) found.push(...splitter.push(text.slice(at, at + size)));
  return [...found, ...splitter.end()];
}

describe('sentences', () => {
  it.each([
    ['We open at nine. Do come in! Will you?', ['We open at nine.', 'Do come in!', 'Will you?']],
    ['It costs 3.50 dollars. That is all', ['It costs 3.50 dollars.', 'That is all']],
    ['Ask Dr. Smith or Mr. Jones. They know.', ['Ask Dr. Smith or Mr. Jones.', 'They know.']],
    ['We open at 9 a.m. on Mondays. Welcome.', ['We open at 9 a.m. on Mondays.', 'Welcome.']],
    ['We open at 9 a.m. We close late.', ['We open at 9 a.m.', 'We close late.']],
    ['He said "Yes." Then he left.', ['He said "Yes."', 'Then he left.']],
    ['Well... Fine?! Good.', ['Well...', 'Fine?!', 'Good.']],
    ['First line\nSecond line', ['First line', 'Second line']],
    ['1. Soup. 2. Salad.', ['1. Soup.', '2. Salad.']],
    ['So do I. You too.', ['So do I.', 'You too.']],
    ['  \n ', []],
  ])('cuts %j', (text, expected) => {
    for (const size of [1, 3, 1000]) expect(split(text, size)).toEqual(expected);
  });

  it('gives a sentence out as soon as the next one begins', () => {
    const splitter = new SentenceSplitter();
    expect(splitter.push('One. ')).toEqual(['One.']);
    expect(splitter.push('Two')).toEqual([]);
    expect(splitter.end()).toEqual(['Two']);
  });

  it('cuts an endless sentence at a comma, and loses nothing', () => {
    const endless = Array.from({ length: 40 }, (_, index) => `word${index}, word`).join(' ');
    const parts = split(endless);
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(300);
    expect(parts.slice(0, -1).every((part) => part.endsWith(','))).toBe(true);
    expect(parts.join(' ')).toBe(endless);
  });

  it('reads a stream', async () => {
    async function* pieces(): AsyncIterable<string> {
      yield 'A b';
      yield '. C d.';
    }
    const found: string[] = [];
    for await (const sentence of sentences(pieces())) found.push(sentence);
    expect(found).toEqual(['A b.', 'C d.']);
  });
});
