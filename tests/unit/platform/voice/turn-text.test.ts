import { describe, expect, it } from 'vitest';
import { TurnText } from '../../../../src/platform/voice/turn-text.ts';

function spoken(...sentences: (readonly [text: string, ms: number])[]): TurnText {
  const text = new TurnText();
  let atMs = 0;
  for (const [sentence] of sentences) text.add(sentence);
  for (const [, ms] of sentences) {
    if (ms === 0) continue;
    text.begin(atMs);
    atMs += ms;
    text.reach(atMs, true);
    text.show();
  }
  return text;
}

describe('TurnText', () => {
  const text = spoken(['one two three four', 1800], ['five six', 800], ['seven', 0]);

  it.each([
    [0, '', 'one two three four five six seven'],
    [300, 'one', 'two three four five six seven'],
    [699, 'one two', 'three four five six seven'],
    [1790, 'one two three four', 'five six seven'],
    [1800, 'one two three four', 'five six seven'],
    [2300, 'one two three four five', 'six seven'],
    [99_999, 'one two three four five six', 'seven'],
  ])('is cut between words where %i ms were heard', (ms, heard, rest) => {
    expect(text.cutAt(ms)).toEqual({ heard, rest });
  });

  it('shows what is being sent', () => {
    expect(text.shown).toBe('one two three four five six');
  });

  it('does not take a sentence for heard while its sound is still being made', () => {
    const making = new TurnText();
    making.add('a sentence of some length that takes a while');
    making.begin(0);
    making.reach(200, false);
    expect(making.cutAt(200).heard).toBe('a');
  });
});
