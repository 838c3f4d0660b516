import { describe, expect, it } from 'vitest';
import type { Turn } from '../../../src/dashboard/shapes.ts';
import { timelineOf, wordsOfTimeline } from '../../../src/dashboard/timeline.ts';

let made = 0;
const turn = (role: Turn['role'], at_ms: number, end_ms?: number, more: Partial<Turn> = {}): Turn => ({
  id: `t${(made += 1)}`,
  role,
  text: 'Words',
  at_ms,
  interrupted: false,
  ...(end_ms !== undefined && { end_ms }),
  ...more,
});

describe('a call’s timeline', () => {
  it('has each side’s turns on its own lane, as shares of the call', () => {
    const { lanes, spanMs } = timelineOf([turn('assistant', 0, 4_000), turn('user', 5_000, 7_500)], 10_000);
    expect(spanMs).toBe(10_000);
    expect(lanes.assistant).toMatchObject([{ start: 0, width: 0.4 }]);
    expect(lanes.user).toMatchObject([{ start: 0.5, width: 0.25 }]);
  });

  it('is as long as what was said, where that is longer than the call', () => {
    expect(timelineOf([turn('assistant', 8_000, 12_000)], 10_000).spanMs).toBe(12_000);
    expect(timelineOf([turn('assistant', 8_000, 12_000)], null).spanMs).toBe(12_000);
  });

  it('has a moment for what nobody measured, and for a turn that ends before it begins', () => {
    const { lanes } = timelineOf([turn('user', 2_000), turn('user', 4_000, 3_000)], 10_000);
    expect(lanes.user).toMatchObject([
      { start: 0.2, width: 0 },
      { start: 0.4, width: 0 },
    ]);
  });

  it('marks an interruption where the turn was cut', () => {
    const cut = turn('assistant', 1_000, 6_000, { interrupted: true });
    expect(timelineOf([cut, turn('user', 5_800, 7_000)], 10_000).interruptions).toEqual([{ at: 0.6, label: '0:06' }]);
  });

  it('counts what overlaps once', () => {
    const { spokenMs } = timelineOf(
      [turn('user', 0, 4_000), turn('user', 2_000, 5_000), turn('user', 3_000, 4_000)],
      9_000,
    );
    expect(spokenMs).toEqual({ user: 5_000, assistant: 0 });
  });

  it.each([
    [7_000, ['0:00', '0:02', '0:04', '0:06']],
    [42_000, ['0:00', '0:10', '0:20', '0:30', '0:40']],
    [600_000, ['0:00', '2:00', '4:00', '6:00', '8:00', '10:00']],
    [86_400_000, ['0:00', '4:00:00', '8:00:00', '12:00:00', '16:00:00', '20:00:00', '24:00:00']],
  ])('has an axis of round times for %i ms', (durationMs, labels) => {
    expect(timelineOf([], durationMs).ticks.map(({ label }) => label)).toEqual(labels);
  });

  it('keeps every mark on the line', () => {
    const { lanes, ticks } = timelineOf([turn('user', -5, 20_000), turn('assistant', 3_000, 3_000)], 0);
    const ends = [...lanes.user, ...lanes.assistant].flatMap(({ start, width }) => [start, start + width]);
    for (const at of [...ends, ...ticks.map((tick) => tick.at)]) {
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThanOrEqual(1);
    }
  });

  it('is told in words, too', () => {
    const turns = [
      turn('assistant', 0, 4_000, { interrupted: true }),
      turn('user', 3_500, 6_000),
      turn('assistant', 7_000, 9_000, { interrupted: true }),
    ];
    expect(wordsOfTimeline(timelineOf(turns, 61_000))).toBe(
      'In 1:01, the visitor spoke once, 0:02 in all, and the assistant spoke 2 times, 0:06 in all. ' +
        'The assistant was interrupted at 0:04 and 0:09.',
    );
    expect(wordsOfTimeline(timelineOf([turn('assistant', 0)], 10_000))).toBe(
      'In 0:10, the visitor said nothing, and the assistant spoke once. Nobody was interrupted.',
    );
  });
});
