import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, legible, readColor } from '../../../src/config/color.ts';

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

describe('contrast', () => {
  it('is 21 between black and white, and 1 between equals', () => {
    expect(contrast('#000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#0EA5E9', '#0ea5e9')).toBeCloseTo(1);
  });

  it('is unknown for what is no opaque hex colour', () => {
    expect(contrast('red', '#fff')).toBeNull();
    expect(contrast('#ffff', '#fff')).toBeNull();
  });
});

describe('legible', () => {
  it.each([
    ['#ffffff', '#0369a1', 4.5, '#ffffff'],
    ['#ffffff', '#0EA5E9', 4.5, '#000000'],
    ['#333333', '#111827', 4.5, '#ffffff'],
    ['#38BDF8', '#ffffff', 3, '#000000'],
    ['white', '#ffffff', 4.5, 'white'],
  ])('of %s on %s at %d:1 is %s', (color, background, least, read) => {
    expect(legible(color, background, least)).toBe(read);
  });

  it('always reaches 4.5:1 on any opaque hex colour', () => {
    const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(hex, hex, (color, background) => {
        expect(contrast(legible(color, background), background)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
