import { describe, expect, it } from 'vitest';
import { FrameCutter, frameOf, negotiate, samplesOf } from '../../../../src/platform/voice/audio-format.ts';

const pcm = (sample_rate: number) => ({ encoding: 'pcm_s16le', sample_rate, channels: 1 });
const muLaw = { encoding: 'pcm_mulaw', sample_rate: 8000, channels: 1 };

describe('negotiate', () => {
  it('follows the order of the client', () => {
    expect(negotiate({ up: [muLaw, pcm(16_000)], down: [pcm(24_000), muLaw] })).toEqual({
      up: muLaw,
      down: pcm(24_000),
    });
    expect(negotiate({ up: [pcm(16_000), muLaw], down: [muLaw, pcm(24_000)] })).toEqual({
      up: pcm(16_000),
      down: muLaw,
    });
  });

  it('passes over what the protocol does not know', () => {
    const odd = [{ encoding: 'opus', sample_rate: 48_000, channels: 1 }, pcm(11_025), { ...pcm(16_000), channels: 2 }];
    expect(negotiate({ up: [...odd, pcm(48_000), pcm(16_000)], down: [...odd, pcm(44_100)] })).toEqual({
      up: pcm(16_000),
      down: pcm(44_100),
    });
  });

  it('finds nothing where a direction has nothing', () => {
    expect(negotiate({ up: [pcm(16_000)], down: [] })).toBeNull();
    expect(negotiate({ up: [pcm(8000)], down: [pcm(16_000)] })).toBeNull();
  });
});

describe('frames', () => {
  it('are little-endian, wherever they lie in a buffer', () => {
    const bytes = Buffer.from([9, 0x34, 0x12, 0xff, 0xff]).subarray(1);
    expect([...samplesOf(bytes, { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 })!]).toEqual([0x1234, -1]);
    expect([...frameOf(Int16Array.of(0x1234), { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 })]).toEqual([
      0x34, 0x12,
    ]);
  });

  it('that end within a sample are none', () => {
    expect(samplesOf(new Uint8Array(3), { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 })).toBeNull();
  });

  it('are 20 ms, the last filled up with silence', () => {
    const cutter = new FrameCutter(8000);
    expect(cutter.push(new Int16Array(100).fill(1))).toEqual([]);
    expect(cutter.push(new Int16Array(300).fill(1)).map((frame) => frame.length)).toEqual([160, 160]);
    const last = cutter.end()!;
    expect([last.length, last[79], last[80]]).toEqual([160, 1, 0]);
    expect(cutter.end()).toBeNull();
  });
});
