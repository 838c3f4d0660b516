import { describe, expect, it } from 'vitest';
import { Capture, type CaptureSink } from '../../../src/audio/capture.ts';
import { strengthDb, tone } from '../dsp/tones.ts';

/** 20 ms. */
const FRAME_SAMPLES = 320;

function capture(sampleRate: number) {
  const frames: Int16Array[] = [];
  const levels: number[] = [];
  const sink: CaptureSink = {
    take: () => new Int16Array(FRAME_SAMPLES),
    put: (frame) => frames.push(frame),
  };
  const line = new Capture(sampleRate, sink, (level) => levels.push(level));
  const speak = (seconds: number): void => {
    const sound = tone(1000, sampleRate, seconds * sampleRate, 0.5);
    for (let at = 0; at < sound.length; at += 128) line.write(sound.subarray(at, at + 128));
  };
  return { line, frames, levels, speak };
}

describe('Capture', () => {
  it.each([16_000, 44_100, 48_000, 96_000])('makes 50 frames of 640 bytes of a second at %i Hz', (sampleRate) => {
    const { frames, speak } = capture(sampleRate);
    speak(2);
    expect(Math.abs(frames.length - 100)).toBeLessThanOrEqual(1);
    expect(new Set(frames.map((frame) => frame.byteLength))).toEqual(new Set([640]));
    const sound = Float32Array.from(
      frames.slice(2).flatMap((frame) => [...frame]),
      (sample) => sample / 0x8000,
    );
    expect(strengthDb(sound, 1000, 16_000)).toBeCloseTo(20 * Math.log10(0.5), 1);
  });

  it('clips what is too loud instead of wrapping round', () => {
    const { line, frames } = capture(16_000);
    line.write(new Float32Array(160).fill(1.5));
    line.write(new Float32Array(160).fill(-1.5));
    const samples = frames[0]!;
    expect(samples[0]).toBe(0x7fff);
    expect(samples[319]).toBe(-0x8000);
  });

  it('gives nothing while muted, and no remainder of before when unmuted', () => {
    const { line, frames, levels, speak } = capture(16_000);
    line.write(new Float32Array(300).fill(0.5));
    line.muted = true;
    speak(1);
    expect(frames).toEqual([]);
    line.muted = false;
    line.write(new Float32Array(319).fill(0.25));
    expect(frames).toEqual([]);
    line.write(new Float32Array(1).fill(0.25));
    expect(new Set(frames[0])).toEqual(new Set([0x2000]));
    expect(levels).toEqual([]);
  });

  it('shows level 0 as soon as it is muted', () => {
    const { line, levels, speak } = capture(48_000);
    speak(0.2);
    line.muted = true;
    expect(levels.at(-1)).toBe(0);
    expect(levels.at(-2)).toBeGreaterThan(0.5);
  });
});
