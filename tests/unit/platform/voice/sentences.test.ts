import { describe, expect, it } from 'vitest';
import { clausesOf, sentencesOf } from '../../../../src/platform/voice/sentences.ts';

describe('sentencesOf', () => {
  it.each([
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    ['Open at 9 a.m. on Mondays. Closed later.', ['Open at 9 a.m. on Mondays.', 'Closed later.']],
    ['It costs 3.50 dollars.\nA new line', ['It costs 3.50 dollars.', 'A new line']],
    ['  ', []],
  ])('cuts %j', (text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });
});

describe('clausesOf', () => {
  it('leaves a short sentence whole', () => {
    expect(clausesOf('Soup, salad, bread.')).toEqual(['Soup, salad, bread.']);
  });

  it.each([
    ['at commas', Array.from({ length: 30 }, (_, index) => `dish number ${index},`).join(' ')],
    ['at spaces, where there are no commas', 'word '.repeat(100).trim()],
  ])('cuts a long sentence %s, and loses nothing', (_, text) => {
    const clauses = clausesOf(text);
    expect(clauses.length).toBeGreaterThan(2);
    expect(Math.max(...clauses.map(({ length }) => length))).toBeLessThanOrEqual(160);
    expect(clauses.join(' ')).toBe(text);
  });
});
