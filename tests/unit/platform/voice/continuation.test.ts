import { describe, expect, it } from 'vitest';
import { continuation } from '../../../../src/platform/voice/continuation.ts';

describe('the continuation', () => {
  it.each([
    ['And so my fellow Americans.', 'And so, my fellow Americans, ask not.', 'ask not.'],
    ['And so my fellow Americans.', 'And so my fellow America, ask not', 'ask not'],
    ['What is on the menu', 'What is on the menu on Sundays?', 'on Sundays?'],
    ['What is on the menu', 'What is on the menu.', ''],
    ['', 'Do you deliver?', 'Do you deliver?'],
    ['Hello.', '', ''],
    ["It's for you", "It's for you and me", 'and me'],
  ])('of %j in %j is %j', (before, both, rest) => {
    expect(continuation(before, both)).toBe(rest);
  });
});
