import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, readColor, toHex, toRgb } from '../../../src/config/color.ts';

describe('readColor', () => {
  it.each([
    ['#fff', '#fff'],
    ['#FFFF', '#FFFF'],
    ['#0EA5E9', '#0EA5E9'],
    ['#0ea5e980', '#0ea5e980'],
    ['  rebeccapurple ', 'rebeccapurple'],
    ['transparent', 'transparent'],
    ['rgb(1, 2, 3)', 'rgb(1, 2, 3)'],
    ['rgba(1,2,3,.5)', 'rgba(1,2,3,.5)'],
    ['rgb(10% 20% 30% / 50%)', 'rgb(10% 20% 30% / 50%)'],
    ['hsl(210deg 50% 40%)', 'hsl(210deg 50% 40%)'],
    ['hsl(-0.5turn, 50%, 40%)', 'hsl(-0.5turn, 50%, 40%)'],
    ['oklch(70% 0.1 200)', 'oklch(70% 0.1 200)'],
    ['oklch(none 0.1 200 / 0.5)', 'oklch(none 0.1 200 / 0.5)'],
  ])('lets %j in', (given, read) => {
    expect(readColor(given)).toBe(read);
  });

  it.each([
    '',
    '#ff',
    '#ggg',
    '#fffff',
    'inherit',
    'currentColor',
    'Canvas',
    'ButtonText',
    'Highlight',
    'windowframe',
    'red;',
    'red}',
    'red !important',
    'url(https://acme.example/x.png)',
    'var(--page)',
    'rgb(1,2)',
    'rgb(1,2,3',
    'rgb(1,2,3);color:red',
    'rgb(var(--r),2,3)',
    'rgb(calc(1),2,3)',
    'rgb(1,2,3)/**/',
    'expression(alert)',
    'image-set(red)',
    'color-mix(in srgb, red, blue)',
    `rgb(1,2,${' '.repeat(100)}3)`,
    null,
    undefined,
    7,
    {},
    ['red'],
  ])('keeps %j out', (given) => {
    expect(readColor(given)).toBeNull();
  });

  it('never throws, and never lets out what could end or extend a declaration', () => {
    const nasty = fc.stringMatching(/^(?:rgb\(|hsl\(|#|red|url\(|var\(|[;{}()\\/*!,% .\d-]){0,12}$/);
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), nasty), (value) => {
        expect(readColor(value) ?? '').not.toMatch(/[;{}\\:!*]|url\(|var\(|\/\//i);
      }),
    );
  });
});

describe('toRgb', () => {
  const bytes = (color: string): readonly number[] | undefined =>
    toRgb(color)?.map((channel) => Math.round(channel * 255));

  it.each([
    ['#fff', [255, 255, 255]],
    ['#0EA5E9', [14, 165, 233]],
    ['rgb(1, 2, 3)', [1, 2, 3]],
    ['RGBA(1 2 3)', [1, 2, 3]],
    ['rgb(10% 20% 300%)', [26, 51, 255]],
    ['rgb(none 300 -4)', [0, 255, 0]],
    ['hsl(210deg 50% 40%)', [51, 102, 153]],
    ['hsl(210 50 40)', [51, 102, 153]],
    ['hsl(-0.5turn, 50%, 40%)', [51, 153, 153]],
    ['hsl(200grad 50% 40%)', [51, 153, 153]],
    ['hsl(0 none 40%)', [102, 102, 102]],
  ])('reads %s', (given, read) => {
    expect(bytes(given)).toEqual(read);
  });

  it.each([
    ['#0000', [255, 255, 255]],
    ['#00000080', [127, 127, 127]],
    ['rgba(0,0,0,.5)', [128, 128, 128]],
    ['rgb(0 0 0 / 50%)', [128, 128, 128]],
    ['hsl(0 0% 0% / 0.5)', [128, 128, 128]],
  ])('lays %s on the ground, white unless another is given', (given, read) => {
    expect(bytes(given)).toEqual(read);
    expect(toRgb(given, [0, 0, 0])).toEqual([0, 0, 0]);
  });

  it.each(['red', 'oklch(70% 0.1 200)', 'lab(50 20 20)', 'hwb(20 20% 20%)'])(
    'leaves %s to browsers: nobody can tell here',
    (given) => {
      expect(toRgb(given)).toBeNull();
    },
  );

  it('gives numbers within 0 and 1, or nothing, for all that is let in', () => {
    const part = fc.constantFrom('none', '0', '-7', '1e9', '99999', '50%', '-20%', '1.5turn', '.5', '720deg', '3rad');
    const name = fc.constantFrom('rgb', 'rgba', 'hsl', 'hsla', 'hwb', 'lab', 'oklch');
    fc.assert(
      fc.property(name, fc.array(part, { minLength: 3, maxLength: 4 }), (name, parts) => {
        const color = readColor(`${name}(${parts.join(',')})`) ?? '#fff';
        for (const channel of toRgb(color) ?? []) {
          expect(channel).toBeGreaterThanOrEqual(0);
          expect(channel).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('is undone by toHex', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
        const hex = `#${value.toString(16).padStart(6, '0')}`;
        expect(toHex(toRgb(hex)!)).toBe(hex);
      }),
    );
  });
});

describe('contrast', () => {
  it('is 21 between black and white, and 1 between equals', () => {
    expect(contrast(toRgb('#000')!, toRgb('#ffffff')!)).toBeCloseTo(21);
    expect(contrast(toRgb('#0EA5E9')!, toRgb('#0ea5e9')!)).toBeCloseTo(1);
  });

  it("is what the specification's arithmetic gives", () => {
    expect(contrast(toRgb('#777777')!, toRgb('#ffffff')!)).toBeCloseTo(4.478, 3);
    expect(contrast(toRgb('#767676')!, toRgb('#ffffff')!)).toBeCloseTo(4.542, 3);
  });
});
