import { describe, expect, it } from 'vitest';
import { Meter, perceptual } from '../../../src/audio/level.ts';
import { tone } from '../dsp/tones.ts';

describe('perceptual', () => {
  it.each([
    [0, 0],
    [0.001, 0],
    [10 ** (-35 / 20), 0.5],
    [10 ** (-10 / 20), 1],
    [1, 1],
  ])('%f is %f of the meter', (rms, level) => {
    expect(perceptual(rms)).toBeCloseTo(level, 6);
  });
});

describe('Meter', () => {
  it('tells at most 20 levels a second', () => {
    const levels: number[] = [];
    const meter = new Meter(48_000, (level) => levels.push(level));
    const block = tone(1000, 48_000, 128, 0.1);
    for (let i = 0; i < 375; i++) meter.write(block);
    expect(levels.length).toBeGreaterThan(17);
    expect(levels.length).toBeLessThanOrEqual(20);
    // -20 dB of full scale, and a sine's 3 dB less.
    for (const level of levels) expect(level).toBeCloseTo((60 - 23) / 50, 1);
  });

  it('tells silence once', () => {
    const levels: number[] = [];
    const meter = new Meter(48_000, (level) => levels.push(level));
    meter.write(tone(1000, 48_000, 2400, 0.1));
    for (let i = 0; i < 5; i++) meter.write(new Float32Array(2400));
    meter.reset();
    expect(levels).toHaveLength(2);
    expect(levels[1]).toBe(0);
  });
});
