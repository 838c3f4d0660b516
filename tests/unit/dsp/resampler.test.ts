import { describe, expect, it } from 'vitest';
import { Resampler } from '../../../src/dsp/resampler.ts';
import { phaseOf, residueDb, rmsDb, strengthDb, tone } from './tones.ts';

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

/** The band that must come through whole, as a part of the lower rate: 6.5 kHz at 16 kHz. */
const BAND = 6500 / 16_000;
/** What devices run at, odd ones among it. */
const DEVICES = [
  8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 47_999, 48_000, 88_200, 96_000, 176_400, 191_999,
  192_000,
];
/** What a gateway may send. */
const WIRE = [8000, 16_000, 22_050, 24_000, 44_100, 48_000];

/** Seconds after which the filter has settled, whatever the rates. */
const settled = (from: number, to: number): number => 48 / Math.min(from, to);

/** All of a tone of a quarter of a second but the filter's settling. */
function steadyTone(hz: number, from: number, to: number): Float32Array {
  return resample(tone(hz, from, from / 4), from, to).subarray(Math.ceil(settled(from, to) * to));
}

/** How far a sweep through the band comes out from the same sweep at the other rate, a delay later; in dB of it. */
function sweepErrorDb(from: number, to: number): number {
  const seconds = 0.25;
  const top = BAND * Math.min(from, to);
  const sweep = (t: number): number => Math.sin(2 * Math.PI * (20 * t + ((top - 20) * t * t) / (2 * seconds)));
  const { padding } = new Resampler(from, to);
  const heard = resample(
    Float32Array.from({ length: from * seconds }, (_, i) => sweep(i / from)),
    from,
    to,
  );
  const error = heard.map((sample, i) => sample - sweep(i / to - padding / from));
  return rmsDb(error.subarray(Math.ceil(settled(from, to) * to)));
}

describe('Resampler', () => {
  // An error 80 dB down is a ripple of 0.001 dB, with no sample out of time.
  it.each(DEVICES)('brings the voice band from %i to 16000 Hz unchanged', (from) => {
    expect(sweepErrorDb(from, 16_000)).toBeLessThan(-80);
  });

  it.each(WIRE)('brings a band from %i Hz to the rate of any device unchanged', (from) => {
    for (const to of DEVICES) expect(sweepErrorDb(from, to), `to ${to} Hz`).toBeLessThan(-80);
  });

  const CAPTURED = [44_100, 48_000, 96_000, 47_999] as const;

  it.each(CAPTURED)('%i to 16000 Hz is flat within 0.1 dB to 6.5 kHz', (from) => {
    for (let hz = 50; hz <= 6500; hz += 75) {
      expect(Math.abs(strengthDb(steadyTone(hz, from, 16_000), hz, 16_000)), `${hz} Hz`).toBeLessThan(0.1);
    }
  });

  it.each([...CAPTURED, 32_000, 88_200, 176_400, 192_000])(
    '%i to 16000 Hz leaves aliases under -80 dB from 8.6 kHz',
    (from) => {
      for (let hz = 8600; hz < from / 2; hz += from / 500) {
        expect(rmsDb(steadyTone(hz, from, 16_000)), `${hz} Hz`).toBeLessThan(-80);
      }
    },
  );

  it.each(CAPTURED)('%i to 16000 Hz leaves nothing of a sweep above 8.6 kHz', (from) => {
    const sweep = Float32Array.from({ length: from }, (_, i) => {
      const t = i / from;
      return Math.sin(2 * Math.PI * (8600 * t + ((from / 2 - 8600) * t * t) / 2));
    });
    const heard = resample(sweep, from, 16_000);
    for (let at = 160; at + 160 < heard.length; at += 160) {
      expect(rmsDb(heard.subarray(at, at + 160)), `${(at * 1000) / 16_000} ms`).toBeLessThan(-80);
    }
  });

  it.each(WIRE)('%i Hz to any higher rate leaves images under -75 dB', (from) => {
    for (const to of DEVICES.filter((rate) => rate > from)) {
      for (let part = 0.02; part < 0.465; part += 0.021) {
        const hz = part * from;
        expect(residueDb(steadyTone(hz, from, to), hz, to), `${hz} Hz to ${to} Hz`).toBeLessThan(-75);
      }
    }
  });

  it.each([
    [48_000, 16_000],
    [44_100, 16_000],
    [24_000, 48_000],
    [22_050, 48_000],
    [24_000, 44_100],
    [47_999, 16_000],
    [16_000, 191_999],
  ])('%i to %i Hz gives the same samples however the stream is cut', (from, to) => {
    const input = tone(440, from, 20_000);
    const whole = resample(input, from, to, [20_000]);
    expect(resample(input, from, to, [128])).toEqual(whole);
    expect(resample(input, from, to, [1, 7, 1024, 3, 1500])).toEqual(whole);
  });

  it('gives a tone of an hour to its last period in time', () => {
    const [from, to, hz] = [44_100, 16_000, 441];
    const resampler = new Resampler(from, to);
    const second = tone(hz, from, from);
    const output = new Float32Array(to + 1);
    let given = 0;
    for (let s = 0; s < 3600; s++) given += resampler.process(second, from, output);
    expect(given).toBe(3600 * to);
    // The last second against the ideal, in samples of the output.
    const ideal = (-hz * resampler.padding) / from;
    const periods = phaseOf(output.subarray(0, to), hz, to) - ideal;
    expect(Math.abs(((periods - Math.round(periods)) * to) / hz)).toBeLessThan(0.001);
  });

  // Whole hertz: every second of input is the same. Where two seconds of output are the same to the last bit, and as
  // many samples as the rate says, so are all that follow.
  it.each([
    ...DEVICES.map((rate) => [rate, 16_000]),
    ...WIRE.flatMap((rate) => [
      [rate, 44_100],
      [rate, 47_999],
    ]),
  ])('%i to %i Hz never drifts: every second gives the same samples', (from, to) => {
    const resampler = new Resampler(from!, to!);
    const second = tone(441, from!, from!);
    const [, before, after] = [0, 1, 2].map(() => {
      const output = new Float32Array(to! + 1);
      return output.subarray(0, resampler.process(second, from!, output));
    });
    expect(before).toHaveLength(to!);
    expect(after).toEqual(before);
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
    for (const [from, to] of [...DEVICES.map((rate) => [rate, 16_000]), ...WIRE.map((rate) => [rate, 48_000])]) {
      const resampler = new Resampler(from!, to!);
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
