import { describe, expect, it } from 'vitest';
import { withoutLoops } from '../../../../src/platform/voice/repetition.ts';

describe('withoutLoops', () => {
  it.each([
    ['the menu the menu the menu the menu please', 'the menu please'],
    ['Thank you. Thank you. thank you, thank you', 'Thank you.'],
    ['so so so so so', 'so'],
    ['no no no', 'no no no'],
    ['bye bye', 'bye bye'],
    ['ask what you can do ask what you can do', 'ask what you can do ask what you can do'],
    ['', ''],
  ])('makes %j %j', (text, kept) => {
    expect(withoutLoops(text)).toBe(kept);
  });
});
