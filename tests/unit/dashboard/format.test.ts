import { describe, expect, it } from 'vitest';
import { clock, count, moment, percent, time, words } from '../../../src/dashboard/format.ts';

describe('what is read', () => {
  it.each([
    [0, '0:00'],
    [999, '0:00'],
    [7_000, '0:07'],
    [750_000, '12:30'],
    [3_723_000, '1:02:03'],
  ])('is %i ms as a clock', (ms, text) => {
    expect(clock(ms)).toBe(text);
  });

  it('is a short time in the unit that suits it', () => {
    expect([time(849.6), time(1_240)]).toEqual(['850 ms', '1.2 s']);
  });

  it('is a moment whose day stays on one line', () => {
    // Without an offset: by the clock of whoever runs this, whose zone may be half an hour off the next one.
    expect(moment('2026-11-21T14:03:00')).toBe('21\u00a0Nov\u00a02026, 14:03');
  });

  it('is a share, a count, and a name in words', () => {
    expect([percent(0.236), count(1, 'origin'), count(1_200, 'origin'), words('max_duration')]).toEqual([
      '24%',
      '1 origin',
      '1,200 origins',
      'Max duration',
    ]);
  });
});
