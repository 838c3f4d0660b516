import { describe, expect, it } from 'vitest';
import { HalfRate } from '../../../src/dsp/half-rate.ts';
import { rmsDb, strengthDb, tone } from './tones.ts';

/** All of `input` at half its rate, in blocks of the given lengths by turns. */
function halved(input: Float32Array, blocks: readonly number[] = [320]): Float32Array {
  const half = new HalfRate();
  const output: number[] = [];
  const block = new Float32Array(4096);
  for (let i = 0, at = 0; at < input.length; i++) {
    const samples = input.subarray(at, at + blocks[i % blocks.length]!);
    output.push(...block.subarray(0, half.process(samples, block)));
    at += samples.length;
  }
  return Float32Array.from(output);
}

const steady = (signal: Float32Array): Float32Array => signal.subarray(100);

describe('HalfRate', () => {
  it.each([100, 300, 1000, 2000, 3000, 3400])('keeps a tone of %i Hz', (hz) => {
    expect(Math.abs(strengthDb(steady(halved(tone(hz, 16_000, 16_000))), hz, 8_000))).toBeLessThan(0.1);
  });

  it.each([4600, 5000, 6000, 7000, 7900])('leaves nothing of one of %i Hz', (hz) => {
    expect(rmsDb(steady(halved(tone(hz, 16_000, 16_000))))).toBeLessThan(-70);
  });

  it('gives the same samples however the stream is cut, and half as many', () => {
    const input = tone(440, 16_000, 4001);
    const whole = halved(input, [4001]);
    expect(whole).toHaveLength(2001);
    expect(halved(input, [1, 7, 320, 33])).toEqual(whole);
  });
});
