import { describe, expect, it } from 'vitest';
import { Resampler } from '../../../src/dsp/resampler.ts';
import { rmsDb, strengthDb, tone } from './tones.ts';

/** All of `input` through a resampler, in blocks of the given lengths by turns. */
function resample(input: Float32Array, from: number, to: number, blocks: readonly number[] = [128]): Float32Array {
  const resampler = new Resampler(from, to);
  const output = new Float32Array(resampler.outputFor(input.length));
  let at = 0;
  for (let i = 0, done = 0; done < input.length; i++) {
    const block = input.subarray(done, done + blocks[i % blocks.length]!);
    at = resampler.process(block, block.length, output, at);
    done += block.length;
  }
  return output.subarray(0, at);
}

/** The steady part: past the filter's settling at both ends. */
function steady(signal: Float32Array): Float32Array {
  return signal.subarray(400, signal.length - 400);
}

describe('Resampler', () => {
  const DOWN = [
    [48_000, 16_000],
    [44_100, 16_000],
    [96_000, 16_000],
    [192_000, 16_000],
  ] as const;

  it.each(DOWN)('%i to %i Hz is flat within 0.1 dB to 6.5 kHz', (from, to) => {
    for (const hz of [50, 300, 1000, 3000, 5000, 6000, 6500]) {
      const heard = steady(resample(tone(hz, from, from / 2), from, to));
      expect(Math.abs(strengthDb(heard, hz, to)), `${hz} Hz`).toBeLessThan(0.1);
    }
  });

  it.each(DOWN)('%i to %i Hz leaves aliases under -80 dB from 8.6 kHz', (from, to) => {
    for (const hz of [8600, 8900, 9500, 11_000, 15_900, 17_300, 20_000]) {
      const heard = steady(resample(tone(hz, from, from / 2), from, to));
      expect(rmsDb(heard), `${hz} Hz`).toBeLessThan(-80);
    }
  });

  const UP = [
    [16_000, 48_000],
    [16_000, 44_100],
    [22_050, 44_100],
    [22_050, 48_000],
    [24_000, 44_100],
    [24_000, 48_000],
    [8000, 48_000],
    [44_100, 48_000],
  ] as const;

  it.each(UP)('%i to %i Hz keeps a tone and leaves its images under -80 dB', (from, to) => {
    for (const hz of [200, 1000, from * 0.4]) {
      const heard = steady(resample(tone(hz, from, from / 2), from, to));
      expect(Math.abs(strengthDb(heard, hz, to)), `${hz} Hz`).toBeLessThan(0.1);
      // Seen below half the output's rate, be it as it is or folded back.
      expect(strengthDb(heard, from - hz, to), `image of ${hz} Hz`).toBeLessThan(-80);
    }
  });

  it('keeps a swept voice band at one level', () => {
    const from = 48_000;
    const to = 16_000;
    const sweep = Float32Array.from({ length: from }, (_, i) => {
      const t = i / from;
      return Math.sin(2 * Math.PI * (100 * t + (6300 * t * t) / 2));
    });
    const heard = resample(sweep, from, to);
    for (let at = 800; at + 800 < heard.length; at += 800) {
      expect(Math.abs(rmsDb(heard.subarray(at, at + 800)))).toBeLessThan(0.35);
    }
  });

  it.each([
    [48_000, 16_000],
    [44_100, 16_000],
    [24_000, 48_000],
    [22_050, 48_000],
    [24_000, 44_100],
  ])('%i to %i Hz gives the same samples however the stream is cut', (from, to) => {
    const input = tone(440, from, 20_000);
    const whole = resample(input, from, to, [20_000]);
    expect(resample(input, from, to, [128])).toEqual(whole);
    expect(resample(input, from, to, [1, 7, 1024, 3, 1500])).toEqual(whole);
  });

  it.each([
    [48_000, 16_000],
    [44_100, 16_000],
    [22_050, 48_000],
    [44_100, 48_000],
    [47_999, 16_000],
  ])('%i to %i Hz does not drift in ten minutes', (from, to) => {
    const resampler = new Resampler(from, to);
    const block = new Float32Array(128);
    const output = new Float32Array(1024);
    let taken = 0;
    let given = 0;
    for (; taken < from * 60; taken += block.length) given += resampler.process(block, block.length, output);
    expect(Math.abs(given - (taken * to) / from)).toBeLessThanOrEqual(1);
  });

  it('gives exactly what is asked for when fed what it says it needs', () => {
    const resampler = new Resampler(22_050, 48_000);
    const whole = tone(440, 22_050, 22_050);
    const output = new Float32Array(48_000);
    let taken = 0;
    let at = 0;
    for (let i = 0; at + 300 < output.length; i++) {
      const count = [128, 1, 127, 256, 2][i % 5]!;
      const needed = resampler.inputFor(count);
      const end = at + count;
      expect(resampler.outputFor(needed)).toBeGreaterThanOrEqual(count);
      at = resampler.process(whole.subarray(taken, taken + needed), needed, output.subarray(0, end), at);
      taken += needed;
      expect(at).toBe(end);
    }
    expect(output.subarray(0, at)).toEqual(resample(whole, 22_050, 48_000).subarray(0, at));
  });

  it('delays by what it says, and gives all of its input after its padding', () => {
    for (const [from, to] of [...DOWN, ...UP]) {
      const resampler = new Resampler(from, to);
      const click = new Float32Array(1 + resampler.padding);
      click[0] = 1;
      const output = new Float32Array(resampler.outputFor(click.length));
      resampler.process(click, click.length, output);
      const peak = output.indexOf(Math.max(...output));
      expect(Math.abs(peak - resampler.delay), `${from} to ${to}`).toBeLessThanOrEqual(1);
    }
  });

  it('passes equal rates through untouched', () => {
    const input = tone(7900, 16_000, 640);
    expect(resample(input, 16_000, 16_000)).toEqual(input);
  });

  it('forgets what came before at reset', () => {
    const resampler = new Resampler(48_000, 16_000);
    const output = new Float32Array(400);
    resampler.process(tone(440, 48_000, 1001), 1001, output);
    resampler.reset();
    const count = resampler.process(new Float32Array(300), 300, output);
    expect(count).toBe(100);
    expect(output.subarray(0, count)).toEqual(new Float32Array(100));
  });
});
