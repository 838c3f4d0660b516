import { describe, expect, it } from 'vitest';
import { findPeriod, historyFor, longestPeriod } from '../../../src/dsp/pitch.ts';
import { tone } from './tones.ts';

/** Something like a vowel: a tone and its overtones. */
function vowel(hz: number, rate: number, count: number): Float32Array {
  const parts = [1, 2, 3, 4, 5].map((n) => tone(hz * n, rate, count, 0.3 / n));
  return Float32Array.from({ length: count }, (_, i) => parts.reduce((sum, part) => sum + part[i]!, 0));
}

describe('findPeriod', () => {
  const cases = [8000, 16_000, 24_000, 44_100, 48_000].flatMap((rate) => [75, 110, 180, 290].map((hz) => [hz, rate]));

  it.each(cases)('finds a voice of %i Hz at a rate of %i, or a multiple of its period', (hz, rate) => {
    const lag = findPeriod(vowel(hz!, rate!, historyFor(rate!)), rate!);
    const periods = lag / (rate! / hz!);
    expect(lag).toBeLessThanOrEqual(longestPeriod(rate!));
    expect(Math.round(periods)).toBeGreaterThan(0);
    expect(Math.abs(periods - Math.round(periods)) * (rate! / hz!)).toBeLessThanOrEqual(1);
  });

  it('finds none in noise', () => {
    let seed = 7;
    const noise = Float32Array.from({ length: historyFor(24_000) }, () => {
      seed = (seed * 48_271) % 0x7fffffff;
      return seed / 0x40000000 - 1;
    });
    expect(findPeriod(noise, 24_000)).toBe(0);
  });

  it('takes any in silence', () => {
    expect(findPeriod(new Float32Array(historyFor(16_000)), 16_000)).toBeGreaterThan(0);
  });
});
