import { describe, expect, it } from 'vitest';
import { decodeMuLaw, encodeMuLaw } from '../../../src/dsp/mu-law.ts';

describe('mu-law', () => {
  it('has the known values of G.711', () => {
    expect([...encodeMuLaw(Int16Array.of(0, 32_767, -32_768, 1000, -1000))]).toEqual([0xff, 0x80, 0x00, 0xce, 0x4e]);
    expect([...decodeMuLaw(Uint8Array.of(0xff, 0x7f, 0x80, 0x00))]).toEqual([0, -0, 32_124, -32_124].map((x) => x + 0));
  });

  it('gives every byte back, negative zero aside', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 0x7f);
    expect(encodeMuLaw(decodeMuLaw(all))).toEqual(all);
  });

  it('stays within 1/16 of what was said', () => {
    for (let sample = -32_000; sample <= 32_000; sample += 37) {
      const [back] = decodeMuLaw(encodeMuLaw(Int16Array.of(sample)));
      expect(Math.abs(back! - sample)).toBeLessThanOrEqual(Math.max(8, Math.abs(sample) / 16));
    }
  });

  it('writes where it is told to, and takes samples that are not whole or too loud', () => {
    const bytes = new Uint8Array(4);
    expect(encodeMuLaw(Float32Array.of(1000.4, -999.6, 40_000, -0.2), bytes)).toBe(bytes);
    expect([...decodeMuLaw(bytes)]).toEqual([988, -988, 32_124, 0]);
  });
});
