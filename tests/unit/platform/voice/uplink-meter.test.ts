import { describe, expect, it } from 'vitest';
import { UplinkMeter } from '../../../../src/platform/voice/uplink-meter.ts';

function taken(meter: UplinkMeter, frames: number, nowMs: number): number {
  return Array.from({ length: frames }, () => meter.take(20, nowMs)).filter(Boolean).length;
}

describe('UplinkMeter', () => {
  it('takes 12 s at once, and no more', () => {
    expect(taken(new UplinkMeter(1000), 1000, 1000)).toBe(600);
  });

  it('takes what time brings and 1% more', () => {
    const meter = new UplinkMeter(0);
    taken(meter, 600, 0);
    expect(taken(meter, 1000, 10_000)).toBe(505);
  });

  it('never tires of a client that speaks as time passes', () => {
    const meter = new UplinkMeter(0);
    for (let ms = 0; ms < 3_600_000; ms += 20) expect(meter.take(20, ms)).toBe(true);
  });
});
