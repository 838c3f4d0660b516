import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, toHex, toRgb } from '../../../src/config/color.ts';
import { guardPalette, nearest } from '../../../src/config/contrast-guard.ts';
import { fromOklch, toOklch } from '../../../src/config/oklch.ts';
import { DEFAULT_CONFIG, type Palette } from '../../../src/config/widget-config.ts';

const { light, dark } = DEFAULT_CONFIG.palettes;

/** Text, its ground, what they must reach. */
const PAIRS = [
  ['text', 'background', 4.5],
  ['muted', 'background', 4.5],
  ['focusOutline', 'background', 3],
  ['buttonText', 'button', 4.5],
  ['headerText', 'header', 4.5],
  ['avatarText', 'avatar', 4.5],
  ['launcherText', 'launcher', 4.5],
  ['userMessageText', 'userMessage', 4.5],
  ['assistantMessageText', 'assistantMessage', 4.5],
  ['promptText', 'prompt', 4.5],
  ['actionText', 'action', 4.5],
] as const;

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
const translucent = fc
  .tuple(hex, fc.integer({ min: 0, max: 255 }))
  .map(([color, alpha]) => `${color}${(alpha + 256).toString(16).slice(1)}`);
const hsl = fc
  .tuple(fc.integer({ min: 0, max: 360 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
  .map(([hue, saturation, lightness]) => `hsl(${hue} ${saturation}% ${lightness}%)`);
const color = fc.oneof(hex, translucent, hsl);
const palette = fc.record(
  Object.fromEntries(Object.entries(light).map(([field, value]) => [field, value === null ? fc.option(color) : color])),
) as unknown as fc.Arbitrary<Palette>;

/** How `one` looks on `ground`, and that on the card. */
function reached(palette: Palette, one: string, ground: string): number {
  const background = toRgb(palette.background)!;
  const beneath = ground === palette.background ? background : toRgb(ground, background)!;
  return contrast(toRgb(one, beneath)!, beneath);
}

describe('guardPalette', () => {
  it('has the level of the assistant seen where the button is too pale for it', () => {
    const { level, button } = guardPalette({ ...light, background: '#fef9c3', button: '#fef08a' }).palette;
    expect(button).toBe('#fef08a');
    expect(reached({ ...light, background: '#fef9c3' }, level!, '#fef9c3')).toBeGreaterThanOrEqual(3);
    expect(guardPalette(light).palette.level).toBeNull();
  });

  it('sets nothing apart by a ground on which the text could not be read', () => {
    const text = guardPalette({ ...light, text: '#999999' }).palette;
    expect(text.tint).toBe('#ffffff');
    expect(guardPalette(light).palette.tint).toBeNull();
  });

  it('makes every pair of every palette legible', () => {
    fc.assert(
      fc.property(palette, (given) => {
        const { palette } = guardPalette(given);
        for (const [text, ground, least] of PAIRS) {
          // The style sheet's own mixture stands where `muted` is null; it is looked at below.
          if (text === 'muted' && palette.muted === null) continue;
          expect(palette[text] === null).toBe(palette[ground] === null);
          if (palette[text] === null) continue;
          const found = reached(palette, palette[text], palette[ground]!);
          expect(found, `${text} ${palette[text]} on ${palette[ground]}`).toBeGreaterThanOrEqual(least);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves grounds, and every colour that passes, as they were given', () => {
    fc.assert(
      fc.property(palette, (given) => {
        const { palette, adjustments } = guardPalette(given);
        const adjusted = new Set(adjustments.map(({ field }) => field));
        const kept = Object.entries(given).filter(
          ([field, value]) => value !== null && !adjusted.has(field as keyof Palette),
        );
        expect(palette).toMatchObject(Object.fromEntries(kept));
        for (const { field, contrast, ground, given: color } of adjustments) {
          const [, groundField, least] = PAIRS.find(([text]) => text === field)!;
          expect(contrast).toBeLessThan(least);
          expect(palette[groundField]).toBe(ground);
          expect(given[field]).toBe(color);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has nothing to do twice', () => {
    fc.assert(
      fc.property(palette, (given) => {
        const { palette } = guardPalette(given);
        expect(guardPalette(palette)).toEqual({ palette, adjustments: [] });
      }),
      { numRuns: 200 },
    );
  });

  it("says which colour was moved, on which ground, how far it was off, and what is there now: the vendor's own sample", () => {
    const { palette, adjustments } = guardPalette({ ...light, button: '#0EA5E9', buttonText: '#FFFFFF' });
    expect(adjustments).toEqual([
      {
        field: 'buttonText',
        given: '#FFFFFF',
        ground: '#0EA5E9',
        contrast: expect.closeTo(2.77, 2),
        used: palette.buttonText,
      },
    ]);
    expect(palette.button).toBe('#0EA5E9');
    expect(palette.buttonText).not.toBe('#FFFFFF');
  });

  it('leaves both default palettes as they are', () => {
    expect(guardPalette(light)).toEqual({ palette: light, adjustments: [] });
    expect(guardPalette(dark)).toEqual({ palette: dark, adjustments: [] });
  });

  it('gives a ground without a text the text of the palette, or else white or black', () => {
    const { palette } = guardPalette({ ...light, header: '#dbeafe', avatar: '#7f1d1d', prompt: '#808080' });
    expect(palette.headerText).toBe(light.text);
    expect(palette.avatarText).toBe('#ffffff');
    expect(palette.promptText).toBe('#000000');
  });

  it('puts a text without a ground on the ground that it was checked on', () => {
    const { palette } = guardPalette({ ...light, headerText: '#333333', launcherText: '#ffffff' });
    expect(palette.header).toBe(light.background);
    expect(palette.headerText).toBe('#333333');
    expect(palette.launcher).toBe(light.button);
  });

  it('gives what is said beside the point a colour of its own only where the mixture could not be read', () => {
    expect(guardPalette(light).palette.muted).toBeNull();
    // 5.9:1 by itself; mixed with a quarter of white, 3.1:1.
    const { palette } = guardPalette({ ...light, text: '#666666' });
    expect(contrast(toRgb(palette.muted!)!, [1, 1, 1])).toBeGreaterThanOrEqual(4.5);
    fc.assert(
      fc.property(hex, hex, (text, background) => {
        const { palette } = guardPalette({ ...light, text, background });
        const ground = toRgb(background)!;
        const words = toRgb(palette.text)!;
        const mixed = words.map((part, at) => part * 0.72 + ground[at]! * 0.28) as [number, number, number];
        const muted = palette.muted === null ? mixed : toRgb(palette.muted)!;
        expect(contrast(muted, ground)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves a colour alone that nobody can compute here', () => {
    const given = { ...light, text: 'lavender', header: 'navy', avatar: '#fff', avatarText: 'oklch(99% 0 0)' };
    const { palette, adjustments } = guardPalette(given);
    expect(palette).toMatchObject({ text: 'lavender', header: 'navy', headerText: null, avatarText: 'oklch(99% 0 0)' });
    expect(adjustments).toEqual([]);
  });
});

describe('nearest', () => {
  it('moves no further than it must: nothing between the given lightness and the new one passes', () => {
    fc.assert(
      fc.property(hex, hex, fc.constantFrom(3, 4.5), (color, background, least) => {
        const ground = toRgb(background)!;
        fc.pre(contrast(toRgb(color)!, ground) < least);
        const from = toOklch(toRgb(color)!);
        const to = toOklch(toRgb(nearest(toRgb(color)!, ground, least))!);
        const distance = Math.abs(to.lightness - from.lightness);
        // Both ways, and short of it by what a byte's rounding and one step can hide.
        for (let away = 0; away < distance - 0.006; away += 0.0037) {
          for (const lightness of [from.lightness - away, from.lightness + away]) {
            if (lightness < 0 || lightness > 1) continue;
            const between = toRgb(toHex(fromOklch({ ...from, lightness })))!;
            expect(contrast(between, ground)).toBeLessThan(least);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the hue where there is one', () => {
    const red = toRgb('#ff6b6b')!;
    const used = toRgb(nearest(red, [1, 1, 1], 4.5))!;
    const { chroma, hue } = toOklch(used);
    expect(chroma).toBeGreaterThan(0.15);
    expect(hue).toBeCloseTo(toOklch(red).hue, 1);
  });

  it('takes black or white where only they pass', () => {
    expect(nearest(toRgb('#757575')!, toRgb('#757575')!, 4.6)).toBe('#ffffff');
    expect(nearest(toRgb('#777777')!, toRgb('#777777')!, 4.68)).toBe('#000000');
  });

  it('gives a colour even where nothing passes', () => {
    expect(nearest([0.5, 0.5, 0.5], [0.5, 0.5, 0.5], 30)).toMatch(/^#(?:0{6}|f{6})$/);
  });
});
