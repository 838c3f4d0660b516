import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipped, plain } from '../../../../src/platform/analysis/plain-text.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.lorem());

describe('clipped', () => {
  it.each([
    ['one two three', 13, 'one two three'],
    ['one two three', 12, 'one two'],
    ['one two three', 7, 'one two'],
    ['我想订一张桌子', 4, '我想订一'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 14, '👩‍👩‍👧‍👦'],
    ['a extraordinarily', 10, 'a extraord'],
  ])('%j to %i is %j', (text, most, expected) => {
    expect(clipped(text, most)).toBe(expected);
  });

  it('is a part of the text, and no longer than it may be', () => {
    fc.assert(
      fc.property(anyText, fc.nat(60), (text, most) => {
        const cut = clipped(text, most);
        expect(cut.length).toBeLessThanOrEqual(most);
        expect(text).toContain(cut);
      }),
    );
  });
});

describe('plain', () => {
  it.each([
    ['two\nlines\tand\0more', 'two lines and more'],
    ['\u001B[31mred\u001B[0m', '[31mred [0m'],
    ['\u202Eesrever\u202C \uFEFFtext', 'esrever text'],
    ['half \uD83D of one', 'half \uFFFD of one'],
    [' 👩‍👩‍👧‍👦 stays ', '👩‍👩‍👧‍👦 stays'],
  ])('of %j is %j', (text, expected) => {
    expect(plain(text)).toBe(expected);
  });
});
