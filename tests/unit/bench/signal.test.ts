import { describe, expect, it } from 'vitest';
import { AMPLITUDE, positionAround, readPositions, turnPcm } from '../../../bench/audio/signal.ts';
import { Resampler } from '../../../src/dsp/resampler.ts';

const floats = (pcm: Int16Array): Float32Array => Float32Array.from(pcm, (sample) => sample / 0x8000);

describe('the tone', () => {
  it.each([8_000, 16_000, 24_000, 44_100, 48_000])('says its position within half a millisecond at %i Hz', (rate) => {
    for (const fromS of [0, 4.05, 12]) {
      const readings = readPositions(floats(turnPcm(fromS, fromS + 1, rate)), rate);
      // All but what its fades disturb.
      expect(readings.length).toBeGreaterThan(480);
      for (const { at, positionS } of readings) expect(Math.abs(positionS - fromS - at / rate)).toBeLessThan(5e-4);
    }
  });

  it('still says it when it was resampled', () => {
    const pcm = floats(turnPcm(2, 3, 24_000));
    const resampler = new Resampler(24_000, 44_100);
    const out = new Float32Array(resampler.outputFor(pcm.length));
    resampler.process(pcm, pcm.length, out);
    const readings = readPositions(out, 44_100);
    expect(readings.length).toBeGreaterThan(480);
    for (const { at, positionS } of readings) {
      expect(Math.abs(positionS - 2 - (at - resampler.delay) / 44_100)).toBeLessThan(5e-4);
    }
  });

  it('is not read into silence, a step or noise', () => {
    const step = Float32Array.from({ length: 480 }, (_, i) => (i < 240 ? 0 : AMPLITUDE));
    const noise = Float32Array.from({ length: 480 }, (_, i) => AMPLITUDE * Math.sin(i * i));
    for (const samples of [new Float32Array(480), step, noise]) {
      expect(positionAround(samples, 48_000, 0, 480)).toBeNull();
    }
  });

  it('has no edge of its own', () => {
    const pcm = turnPcm(0, 1, 48_000);
    expect(Math.abs(pcm[0]!)).toBeLessThan(200);
    expect(Math.abs(pcm.at(-1)!)).toBeLessThan(200);
  });
});
