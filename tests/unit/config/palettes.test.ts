import { describe, expect, it } from 'vitest';
import { contrast, toRgb } from '../../../src/config/color.ts';
import { palettesOf } from '../../../src/config/palettes.ts';
import { DEFAULT_CONFIG } from '../../../src/config/widget-config.ts';

const { light, dark } = DEFAULT_CONFIG.palettes;

describe('palettesOf', () => {
  it('has our palettes where the owner chose nothing', () => {
    expect(palettesOf({})).toEqual({ palettes: { light, dark }, scheme: 'light' });
    expect(palettesOf({}, 'dark')).toEqual({ palettes: { light, dark }, scheme: 'dark' });
  });

  it.each([
    ['#ffffff', 'light'],
    ['#fef3c7', 'light'],
    ['#808080', 'light'],
    ['#0b1120', 'dark'],
    ['hsl(240 60% 20%)', 'dark'],
    ['#0000', 'light'],
  ])('takes a card of %s for %s, whatever is wanted', (background, scheme) => {
    expect(palettesOf({ background }, 'dark').scheme).toBe(scheme);
    expect(palettesOf({ background }, 'light').scheme).toBe(scheme);
  });

  it('completes a dark card with what can be read on it', () => {
    expect(palettesOf({ background: '#0b1120' }).palettes.dark).toEqual({ ...dark, background: '#0b1120' });
  });

  it('writes on a middling card in black or white', () => {
    const { text, focusOutline } = palettesOf({ background: '#808080' }).palettes.light;
    expect({ text, focusOutline }).toEqual({ text: '#000000', focusOutline: '#000000' });
  });

  it("takes the owner's colours along into the other scheme, and leaves the greys behind", () => {
    const owned = {
      background: '#ffffff',
      text: '#222222',
      border: '#dddddd',
      button: '#b83228',
      buttonText: '#fff7ed',
      header: '#1d4ed8',
      headerText: '#fefce8',
      assistantMessage: '#f1f5f9',
      assistantMessageText: '#222222',
      userMessageText: '#222222',
    };
    const { palettes } = palettesOf(owned);
    expect(palettes.light).toEqual({ ...light, ...owned });
    expect(palettes.dark).toEqual({
      ...dark,
      button: '#b83228',
      buttonText: '#fff7ed',
      header: '#1d4ed8',
      headerText: '#fefce8',
    });
  });

  it('makes a button lighter that would be lost on the dark card', () => {
    const { light: own, dark: other } = palettesOf({ button: '#000000', buttonText: '#ffffff' }).palettes;
    expect(own.button).toBe('#000000');
    expect(contrast(toRgb(other.button)!, toRgb(other.background)!)).toBeGreaterThanOrEqual(2);
    expect(contrast(toRgb(other.buttonText)!, toRgb(other.button)!)).toBeGreaterThanOrEqual(4.5);
  });

  it('takes an outline along only where it can be seen', () => {
    expect(palettesOf({ focusOutline: '#f97316' }).palettes.dark.focusOutline).toBe('#f97316');
    expect(palettesOf({ focusOutline: '#1e3a8a' }).palettes.dark.focusOutline).toBe(dark.focusOutline);
  });
});
