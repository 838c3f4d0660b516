import { describe, expect, it } from 'vitest';
import { readSeny } from '../../../src/config/seny.ts';
import { DEFAULT_CONFIG } from '../../../src/config/widget-config.ts';
import { SENY } from './samples.ts';

const { light, dark } = DEFAULT_CONFIG.palettes;

describe('readSeny', () => {
  it('reads every published field', () => {
    expect(readSeny(SENY)).toEqual({
      ...DEFAULT_CONFIG,
      widgetId: 'wgt_abc123',
      palettes: { light: { ...light, button: '#b83228' }, dark: { ...dark, button: '#b83228' } },
      themeMode: 'dark',
      displayMode: 'fab',
      cardRadius: 16,
      buttonRadius: 10.66,
      texts: {
        ...DEFAULT_CONFIG.texts,
        title: 'Northwind Catering',
        startLabel: 'Talk to us',
        launcherLabel: 'Talk to us',
        introTitle: "Hi, I'm Sam",
        intro: 'Ask me about catering, menus, or events.',
        prompts: ['Can you cater for 50?', "What's on the menu?"],
      },
    });
  });

  it.each([{}, null, [], { theme: null }, { theme: 'dark' }, { theme: [] }, { position: 'middle', display_mode: 7 }])(
    'takes every default from %j',
    (widget) => {
      expect(readSeny(widget)).toEqual(DEFAULT_CONFIG);
    },
  );

  it.each(['bottom-right', 'bottom-left', 'bottom-center', 'top-right', 'top-left', 'top-center'])(
    'floats at %s',
    (position) => {
      expect(readSeny({ position }).position).toBe(position);
    },
  );

  it.each(['card', 'fab', 'fullscreen'])('is shown as %s', (mode) => {
    expect(readSeny({ display_mode: mode }).displayMode).toBe(mode);
  });

  it.each(['light', 'dark', 'auto'])('has the theme mode %s', (mode) => {
    expect(readSeny({ theme: { mode } }).themeMode).toBe(mode);
  });

  it('has buttons in proportion to the card, and never rounder', () => {
    for (const radius of [0, 0.007, 1, 5, 12, 64, 500]) {
      const { cardRadius, buttonRadius } = readSeny({ theme: { radius } });
      expect(buttonRadius).toBeLessThanOrEqual(cardRadius);
      expect(buttonRadius).toBeCloseTo((cardRadius * 2) / 3, 1);
    }
  });

  it('writes on the primary colour what can be read there', () => {
    expect(readSeny({ theme: { primary: '#facc15' } }).palettes.light.buttonText).toBe(light.text);
    expect(readSeny({ theme: { primary: '#b83228' } }).palettes.light.buttonText).toBe('#ffffff');
  });

  it('hides the label only where the owner said so', () => {
    expect(readSeny({ show_label: false }).showLabel).toBe(false);
    expect(readSeny({ show_label: null }).showLabel).toBe(true);
  });

  it.each(['paused', 'draft', 'active'])('is %s', (status) => {
    expect(readSeny({ status }).availability).toBe(status);
  });
});
