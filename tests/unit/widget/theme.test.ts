import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/config/widget-config.ts';
import { themeOf } from '../../../src/widget/theme.ts';

describe('themeOf', () => {
  it("makes every colour and radius a private property over a public one of the page's", () => {
    expect(themeOf(DEFAULT_CONFIG)).toBe(
      ':host{' +
        '--_background:var(--indigenius-background,#ffffff);' +
        '--_text:var(--indigenius-text,#111827);' +
        '--_button:var(--indigenius-button,#0369a1);' +
        '--_button-text:var(--indigenius-button-text,#ffffff);' +
        '--_border:var(--indigenius-border,#e5e7eb);' +
        '--_focus-outline:var(--indigenius-focus-outline,#0284c7);' +
        '--_card-radius:var(--indigenius-card-radius,12px);' +
        '--_button-radius:var(--indigenius-button-radius,8px);' +
        '}',
    );
  });

  it('replaces words that could not be read on their ground', () => {
    const theme = themeOf({
      ...DEFAULT_CONFIG,
      palettes: {
        ...DEFAULT_CONFIG.palettes,
        light: { ...DEFAULT_CONFIG.palettes.light, button: '#0EA5E9', buttonText: '#FFFFFF' },
      },
    });
    expect(theme).toContain('--indigenius-button,#0EA5E9');
    expect(theme).toContain('--indigenius-button-text,#000000');
  });
});
