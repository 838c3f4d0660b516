import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresOf, percentile, responseTimes, spokenMs } from '../../../../src/platform/analysis/figures.ts';
import type { Turn } from '../../../../src/platform/analysis/turns.ts';
import { anyTurns, asks, says } from './turns.ts';

const ENDED = {
  liveAt: new Date('2026-01-01T10:00:00Z'),
  endedAt: new Date('2026-01-01T10:01:00Z'),
  durationMs: 60_000,
  language: 'English',
};
const NOW = new Date('2026-01-01T12:00:00Z');

const figures = (turns: readonly Turn[], call: Partial<typeof ENDED> = {}) =>
  figuresOf({ ...ENDED, ...call }, turns, NOW);

/** A call of eight turns: greeted, asked, cut short, asked again, not answered, thanked. */
const CALL: Turn[] = [
  says([0, 2_000], 'Hello, this is Northwind Catering.'),
  asks([3_000, 4_000], 'Do you deliver?'),
  says([4_600, 8_000], 'Yes, within twenty', { interrupted: true, answered: true }),
  asks([7_500, 9_000], 'And on Sundays?'),
  says([9_900, 12_000], 'On Sundays too.', { answered: true }),
  asks([13_000, 15_000], 'Can I bring my dog?'),
  says([16_200, 18_000], "I'm sorry, I don't know that.", { answered: false }),
  asks([19_000, 19_500], 'Thank you.'),
  says([19_800, 21_000], "You're welcome."),
];

describe('the figures of a call', () => {
  it('are these', () => {
    expect(figures(CALL)).toEqual({
      complete: true,
      duration_ms: 60_000,
      turns: { user: 4, assistant: 5 },
      // 5.0 s of the visitor, 10.5 s of the assistant.
      talk_ratio: { user: 0.323, assistant: 0.677 },
      interruptions: 1,
      // 300, 600, 900 and 1200.
      response_times_ms: { p50: 600, p95: 1_200 },
      words: { user: 13, assistant: 19 },
      questions: { asked: 3, answered: 2, unanswered: ['Can I bring my dog?'] },
    });
  });

  it('of a call in which nobody said anything are none', () => {
    expect(figures([], { durationMs: 0 })).toEqual({
      complete: true,
      duration_ms: 0,
      turns: { user: 0, assistant: 0 },
      talk_ratio: null,
      interruptions: 0,
      response_times_ms: { p50: null, p95: null },
      words: { user: 0, assistant: 0 },
      questions: { asked: 0, answered: 0, unanswered: [] },
    });
  });

  it('of a call that goes on are those of what there is so far', () => {
    const live = { liveAt: new Date('2026-01-01T11:59:20Z'), endedAt: null, durationMs: null, language: 'English' };
    expect(figuresOf(live, CALL, NOW)).toMatchObject({ complete: false, duration_ms: 40_000 });
    expect(figuresOf({ ...live, liveAt: null }, [], NOW)).toMatchObject({ complete: false, duration_ms: 0 });
  });

  it('are in range, whatever the turns', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const { talk_ratio, words, questions, interruptions, turns: counts } = figures(turns);
        const { user, assistant } = talk_ratio ?? { user: 0, assistant: 1 };
        expect(user).toBeGreaterThanOrEqual(0);
        expect(user + assistant).toBeCloseTo(1);
        expect(counts.user + counts.assistant).toBe(turns.length);
        expect(interruptions).toBeLessThanOrEqual(counts.assistant);
        expect(words.user + words.assistant).toBeGreaterThanOrEqual(0);
        expect(questions.asked).toBe(questions.answered + questions.unanswered.length);
        expect(responseTimes(turns).every((ms) => ms >= 0)).toBe(true);
      }),
    );
  });
});

describe('the time spoken', () => {
  it('counts once where turns of one side overlap', () => {
    expect(
      spokenMs([asks([0, 1_000], ''), asks([500, 1_500], ''), asks([600, 700], ''), asks([2_000, 2_100], '')]),
    ).toBe(1_600);
  });

  it('counts for both sides where both speak', () => {
    const both = [says([0, 1_000], 'Hello'), asks([0, 1_000], 'Hello')];
    expect(figures(both).talk_ratio).toEqual({ user: 0.5, assistant: 0.5 });
  });

  it('leaves out what was written, and what nobody measured', () => {
    const written = [asks([0, 0], 'Hello'), says([10, 10], 'Hello'), asks([20, null], 'Yes')];
    expect(figures(written).talk_ratio).toBeNull();
  });

  it('is no more than there was, and the same in any order', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const spoken = spokenMs(turns);
        const sum = turns.reduce((so, { atMs, endMs }) => so + Math.max(0, (endMs ?? atMs) - atMs), 0);
        expect(spoken).toBeGreaterThanOrEqual(0);
        expect(spoken).toBeLessThanOrEqual(Math.min(sum, 105_000));
        expect(spokenMs(turns.toReversed())).toBe(spoken);
      }),
    );
  });
});

describe('response times', () => {
  it.each<[string, readonly Turn[], readonly number[]]>([
    [
      'run from the end of all that is answered',
      [asks([0, 900], 'I would like'), asks([1_500, 2_000], 'soup'), says([2_700, 3_000], 'Here')],
      [700],
    ],
    [
      'count the first turn of an answer only',
      [asks([0, 900], 'Hm'), says([1_000, 2_000], 'One'), says([5_000, 6_000], 'Two')],
      [100],
    ],
    [
      'take what is said into an answer for asked of the next',
      [asks([0, 1_000], 'One'), asks([1_400, 2_200], 'Two'), says([1_500, 1_700], 'Fi'), says([3_000, 4_000], 'Both')],
      [500, 800],
    ],
    ['leave out what was never answered', [says([0, 100], 'Hello'), asks([200, 300], 'Bye')], []],
    ['leave out a visitor whose end nobody measured', [asks([0, null], 'Hm'), says([1_000, 2_000], 'Yes')], []],
    ['are those of writing in writing', [asks([100, 100], 'Hm'), says([130, 130], 'Yes')], [30]],
  ])('%s', (_, turns, times) => {
    expect(responseTimes(turns)).toEqual(times);
    expect(responseTimes(turns.toReversed())).toEqual(times);
  });

  it.each([
    [[], 50, null],
    [[7], 95, 7],
    [[3, 1], 50, 1],
    [[5, 1, 3], 50, 3],
    [Array.from({ length: 100 }, (_, index) => 100 - index), 50, 50],
    [Array.from({ length: 100 }, (_, index) => index + 1), 95, 95],
    [Array.from({ length: 20 }, (_, index) => index + 1), 95, 19],
    [Array.from({ length: 21 }, (_, index) => index + 1), 95, 20],
  ])('of %j have the percentile %i at %j', (values, percent, expected) => {
    expect(percentile(values, percent)).toBe(expected);
  });
});

describe('questions', () => {
  it('are those of which the mind said whether it found an answer', () => {
    const turns = [asks([0, 1], 'Hello'), says([2, 3], 'Hello!'), asks([4, 5], 'Sure?'), says([6, 7], 'Yes')];
    expect(figures(turns).questions).toEqual({ asked: 0, answered: 0, unanswered: [] });
  });

  it('are told in all the words that were answered together', () => {
    const turns = [asks([0, 1], 'Do you have'), asks([2, 3], 'a boat?'), says([4, 5], 'No idea', { answered: false })];
    expect(figures(turns).questions).toEqual({ asked: 1, answered: 0, unanswered: ['Do you have a boat?'] });
  });

  it('count once where the rest of an answer follows', () => {
    const turns = [
      asks([0, 1], 'Where?'),
      says([2, 3], 'By the', { answered: true, interrupted: true }),
      says([4, 5], 'harbour.'),
    ];
    expect(figures(turns).questions).toMatchObject({ asked: 1, answered: 1 });
  });
});
