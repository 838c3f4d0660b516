/** Turns for the tests of the analysis. */

import * as fc from 'fast-check';
import type { Turn } from '../../../../src/platform/analysis/turns.ts';

type Times = readonly [atMs: number, endMs: number | null];

export function asks([atMs, endMs]: Times, text: string): Turn {
  return { role: 'user', text, atMs, endMs, interrupted: false, answered: null };
}

export function says([atMs, endMs]: Times, text: string, said: Partial<Turn> = {}): Turn {
  return { role: 'assistant', text, atMs, endMs, interrupted: false, answered: null, ...said };
}

/** Any turns whatever: also such as no gateway writes. */
export const anyTurns: fc.Arbitrary<Turn[]> = fc.array(
  fc.record({
    role: fc.constantFrom('user', 'assistant'),
    text: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.lorem({ maxCount: 5, mode: 'sentences' }),
      fc.constantFrom(
        '',
        ' ',
        '我想订一张桌子。好的？',
        'x'.repeat(2_000),
        'a b '.repeat(900),
        'Dr. ',
        '👩‍👩‍👧‍👦'.repeat(80),
      ),
    ),
    atMs: fc.integer({ min: -5_000, max: 100_000 }),
    endMs: fc.option(fc.integer({ min: -5_000, max: 100_000 })),
    interrupted: fc.boolean(),
    answered: fc.option(fc.boolean()),
  }),
  { maxLength: 40 },
);
