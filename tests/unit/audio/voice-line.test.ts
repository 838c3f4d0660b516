import { describe, expect, it } from 'vitest';
import { RingBuffer } from '../../../src/audio/ring-buffer.ts';
import { VoiceLine } from '../../../src/audio/voice-line.ts';
import { rmsDb, steepest, strengthDb, tone, toPcm16 } from '../dsp/tones.ts';

const RATE = 24_000;
const HZ = 180;
const STEEPEST = 0.5 * 2 * Math.PI * (HZ / RATE) * 1.05;

/** A line with `ms` of a tone in its ring. */
function voiceOf(ms: number) {
  const ring = new RingBuffer();
  ring.write(toPcm16(tone(HZ, RATE, (RATE * ms) / 1000, 0.5)));
  const voice = new VoiceLine(ring);
  voice.start(RATE);
  const blocks: number[] = [];
  const block = new Float32Array(64);
  return {
    voice,
    ring,
    /** Reads until `until` says so, or nothing is left; returns what was read since the last time. */
    read(slow: boolean, until = () => false): Float32Array {
      blocks.length = 0;
      for (;;) {
        const count = Math.min(block.length, voice.available(ring.length));
        if (count === 0 || until()) return Float32Array.from(blocks);
        voice.read(block, count, ring.length, slow);
        blocks.push(...block.subarray(0, count));
      }
    },
  };
}

describe('VoiceLine', () => {
  it('gives what is in the ring, as it is', () => {
    const { voice, read, ring } = voiceOf(500);
    voice.end();
    const sound = read(false);
    expect(sound).toHaveLength(RATE / 2);
    expect(ring.length).toBe(0);
    expect([voice.concealed, voice.slowed]).toEqual([0, 0]);
  });

  it('slows down by 8% without changing the pitch or leaving an edge', () => {
    const { voice, read } = voiceOf(2000);
    voice.end();
    const sound = read(true);
    expect(sound.length / (2 * RATE)).toBeGreaterThan(1.07);
    expect(sound.length / (2 * RATE)).toBeLessThan(1.085);
    expect(sound.length - 2 * RATE).toBe(voice.slowed);
    expect(steepest(sound)).toBeLessThan(STEEPEST);
    expect(strengthDb(sound, HZ, RATE)).toBeCloseTo(20 * Math.log10(0.5), 0);
  });

  it('does not slow down what has no period: it would be heard twice', () => {
    const ring = new RingBuffer();
    let seed = 1;
    const noise = Int16Array.from({ length: RATE }, () => ((seed = (seed * 48_271) % 0x7fffffff) % 20_000) - 10_000);
    ring.write(noise);
    const voice = new VoiceLine(ring);
    voice.start(RATE);
    const block = new Float32Array(64);
    while (ring.length > 0) voice.read(block, Math.min(64, ring.length), ring.length, true);
    expect(voice.slowed).toBe(0);
  });

  it('fills a gap for 40 ms with the voice as it was, and fades meanwhile', () => {
    const { voice, read, ring } = voiceOf(200);
    read(false, () => ring.length < 64);
    const filled = read(false);
    const gap = filled.subarray(filled.length - 0.04 * RATE);
    expect(voice.concealed).toBe(0.04 * RATE);
    expect(voice.concealments).toBe(1);
    expect(steepest(filled)).toBeLessThan(STEEPEST);
    expect(rmsDb(gap.subarray(0, 0.01 * RATE))).toBeCloseTo(20 * Math.log10(0.5), 0);
    expect(Math.abs(gap.at(-1)!)).toBeLessThan(0.01);
    expect(voice.available(0)).toBe(0);
  });

  it('fills one gap of two that are close together, and both when they are not', () => {
    const { voice, read, ring } = voiceOf(200);
    read(false);
    ring.write(toPcm16(tone(HZ, RATE, RATE * 0.05, 0.5)));
    read(false);
    expect(voice.concealments).toBe(1);
    ring.write(toPcm16(tone(HZ, RATE, RATE * 0.2, 0.5)));
    read(false);
    expect(voice.concealments).toBe(2);
  });

  it('begins a turn without the one before', () => {
    const { voice, read } = voiceOf(200);
    voice.end();
    read(false);
    voice.start(RATE);
    const block = new Float32Array(64);
    voice.read(block, 64, 0, false);
    expect(block).toEqual(new Float32Array(64));
  });
});
