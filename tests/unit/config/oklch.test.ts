import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex, toRgb } from '../../../src/config/color.ts';
import { fromOklch, toOklch } from '../../../src/config/oklch.ts';

describe('OKLCH', () => {
  it('is what browsers compute', () => {
    const { lightness, chroma, hue } = toOklch(toRgb('#0ea5e9')!);
    expect(lightness).toBeCloseTo(0.685, 3);
    expect(chroma).toBeCloseTo(0.148, 3);
    expect(((hue * 180) / Math.PI + 360) % 360).toBeCloseTo(237.3, 1);
  });

  it('goes to and fro without loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
        const hex = `#${value.toString(16).padStart(6, '0')}`;
        expect(toHex(fromOklch(toOklch(toRgb(hex)!)))).toBe(hex);
      }),
      { numRuns: 500 },
    );
  });

  it('ends in black and white, whatever the chroma', () => {
    expect(toHex(fromOklch({ lightness: 0, chroma: 0.3, hue: 1 }))).toBe('#000000');
    expect(toHex(fromOklch({ lightness: 1, chroma: 0.3, hue: 1 }))).toBe('#ffffff');
  });
});
