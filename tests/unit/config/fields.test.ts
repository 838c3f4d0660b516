import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fieldsOf, readLine, readLines } from '../../../src/config/fields.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('fieldsOf', () => {
  it("knows only an object's own fields", () => {
    expect(fieldsOf({})('constructor')).toBeUndefined();
    expect(fieldsOf(JSON.parse('{"__proto__": {"id": "x"}}'))('id')).toBeUndefined();
    expect(fieldsOf(['x'])('0')).toBeUndefined();
    expect(fieldsOf('x')('length')).toBeUndefined();
  });
});

describe('readLine', () => {
  it.each([
    ['  Talk\n to \u00a0\u2028 us ', 'Talk to us'],
    [' \t ', null],
    ['\u0000\u202e', null],
    ['a\u0000b\u009fc\u007f', 'abc'],
    ['a \u0000 b', 'a b'],
    ['one\u0085two', 'one two'],
    ['\u202egnp.exe\u202c \u2066x\u2069', 'gnp.exe x'],
    ['مرحبا\u200f!', 'مرحبا\u200f!'],
    [7, null],
    [null, null],
    [['x'], null],
  ])('reads %j as %j', (given, read) => {
    expect(readLine(given, 60)).toBe(read);
  });

  it('cuts between characters, however many code points they are of', () => {
    expect(readLine('📞'.repeat(200), 60)).toBe('📞'.repeat(60));
    expect(readLine('👩‍👩‍👧'.repeat(20), 3)).toBe('👩‍👩‍👧'.repeat(3));
    expect(readLine('e\u0301'.repeat(20), 3)).toBe('e\u0301'.repeat(3));
    vi.stubGlobal('Intl', {});
    expect(readLine('📞'.repeat(200), 60)).toBe('📞'.repeat(60));
  });

  it('is never longer than asked, and has no controls left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const read = readLine(text, max) ?? 'x';
        expect(Array.from(new Intl.Segmenter().segment(read)).length).toBeLessThanOrEqual(max);
        // oxlint-disable-next-line no-control-regex
        expect(read).not.toMatch(/[\0-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|^\s|\s$|\s\s/);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('readLines', () => {
  it('keeps the lines apart, without the empty ones', () => {
    expect(readLines(' Hello \t there.\r\n\r\n\u2028 How are you?\n', 500)).toBe('Hello there.\nHow are you?');
    expect(readLines('\n\n', 500)).toBeNull();
    expect(readLines(7, 500)).toBeNull();
  });
});
