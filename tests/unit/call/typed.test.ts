import { describe, expect, it } from 'vitest';
import { typed } from '../../../src/call/typed.ts';
import { readMessage } from '../../../src/platform/voice/client-messages.ts';

const accepted = (text: string): string => readMessage(JSON.stringify({ type: 'text', id: 'w1', text })).kind;

describe('what a visitor typed', () => {
  it('is trimmed, and otherwise left alone', () => {
    expect(typed('  Two lines,\n please? \n')).toBe('Two lines,\n please?');
    expect(typed(' \n\t ')).toBe('');
  });

  it.each([
    ['letters', 'a'],
    ['umlauts', 'ü'],
    ['Chinese', '問'],
    ['emoji', '😀'],
    ['quotes', '"'],
    ['control characters', '\u0001'],
    ['a mixture', 'a😀"問\u0001'],
  ])('is cut to what a gateway takes: %s', (_, piece) => {
    const text = piece.repeat(20_000);
    const cut = typed(text);
    expect(text.startsWith(cut)).toBe(true);
    expect(accepted(text)).toBe('bad');
    expect(accepted(cut)).toBe('message');
    // As much of it as there is room for, but for a character or two.
    expect(new TextEncoder().encode(JSON.stringify(cut)).length).toBeGreaterThan(8192 - 32);
    expect(cut.at(-1)).not.toMatch(/[\uD800-\uDBFF]/);
  });

  it('that just fits is not cut', () => {
    const text = 'a'.repeat(8190);
    expect(typed(text)).toBe(text);
    expect(typed(`${text}b`)).toBe(text);
  });
});
