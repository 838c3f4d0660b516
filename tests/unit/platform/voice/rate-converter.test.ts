import { describe, expect, it } from 'vitest';
import { RateConverter } from '../../../../src/platform/voice/rate-converter.ts';

function tone(hz: number, rate: number, seconds = 0.5): Int16Array {
  return Int16Array.from({ length: rate * seconds }, (_, at) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * hz * at) / rate)),
  );
}

function convert(input: Int16Array, from: number, to: number, chunk: number): Int16Array {
  const converter = new RateConverter(from, to);
  const parts: number[] = [];
  for (let at = 0; at < input.length; at += chunk) parts.push(...converter.push(input.slice(at, at + chunk)));
  parts.push(...converter.end());
  return Int16Array.from(parts);
}

/** Of `hz`, in the middle of the sound, where no edge disturbs it. */
function amplitude(sound: Int16Array, hz: number, rate: number): number {
  const middle = sound.slice(sound.length / 4, (sound.length * 3) / 4);
  let re = 0;
  let im = 0;
  middle.forEach((sample, at) => {
    re += sample * Math.cos((2 * Math.PI * hz * at) / rate);
    im += sample * Math.sin((2 * Math.PI * hz * at) / rate);
  });
  return (2 * Math.hypot(re, im)) / middle.length;
}

describe('RateConverter', () => {
  it.each([
    [8000, 16_000],
    [16_000, 8000],
    [22_050, 8000],
    [16_000, 44_100],
    [24_000, 48_000],
  ])('keeps a tone, its height and its length, from %i to %i', (from, to) => {
    const output = convert(tone(1000, from), from, to, 160);
    expect(output.length).toBe(to * 0.5);
    expect(amplitude(output, 1000, to)).toBeGreaterThan(9900);
    expect(amplitude(output, 1000, to)).toBeLessThan(10_100);
  });

  it('does not depend on how the stream was cut', () => {
    const input = tone(700, 22_050);
    const whole = convert(input, 22_050, 8000, input.length);
    for (const chunk of [1, 7, 441]) expect(convert(input, 22_050, 8000, chunk)).toEqual(whole);
  });

  it('lets nothing through that the lower rate can not carry', () => {
    const output = convert(tone(5000, 16_000), 16_000, 8000, 320);
    expect(Math.max(...output.slice(1000, 3000).map(Math.abs))).toBeLessThan(10);
  });

  it('hands samples through where the rates are the same', () => {
    const input = tone(440, 16_000, 0.1);
    expect(convert(input, 16_000, 16_000, 320)).toEqual(input);
  });
});
