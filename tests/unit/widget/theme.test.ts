import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config/read-config.ts';
import { DEFAULT_CONFIG } from '../../../src/config/widget-config.ts';
import { themeOf } from '../../../src/widget/theme.ts';

const LIGHT =
  ':host{color-scheme:light;' +
  '--_background:var(--indigenius-background,#ffffff);' +
  '--_text:var(--indigenius-text,#111827);' +
  '--_button:var(--indigenius-button,#0369a1);' +
  '--_button-text:var(--indigenius-button-text,#ffffff);' +
  '--_border:var(--indigenius-border,#e5e7eb);' +
  '--_focus-outline:var(--indigenius-focus-outline,#0284c7);' +
  '--_card-radius:var(--indigenius-card-radius,12px);' +
  '--_button-radius:var(--indigenius-button-radius,8px);' +
  '}';

describe('themeOf', () => {
  it("makes every colour and radius a private property over a public one of the page's", () => {
    expect(themeOf(DEFAULT_CONFIG, 'light')).toBe(LIGHT);
  });

  it('has the dark palette for dark, and nothing of the light one', () => {
    const theme = themeOf(DEFAULT_CONFIG, 'dark');
    expect(theme).toContain('color-scheme:dark;');
    expect(theme).toContain('--indigenius-background,#111827');
    expect(theme).not.toContain('#ffffff);--_text');
  });

  it("follows the visitor's choice for auto, each palette where it belongs", () => {
    expect(themeOf(DEFAULT_CONFIG, 'auto')).toBe(
      `@media not all and (prefers-color-scheme:dark){${LIGHT}}` +
        `@media (prefers-color-scheme:dark){${themeOf(DEFAULT_CONFIG, 'dark')}}`,
    );
  });

  it("takes the owner's mode where no other is asked for", () => {
    expect(themeOf({ ...DEFAULT_CONFIG, themeMode: 'dark' })).toBe(themeOf(DEFAULT_CONFIG, 'dark'));
  });

  it('says nothing of what the style sheet derives, and all that the owner chose', () => {
    const { light } = DEFAULT_CONFIG.palettes;
    const config = {
      ...DEFAULT_CONFIG,
      palettes: { ...DEFAULT_CONFIG.palettes, light: { ...light, header: '#123456' } },
    };
    expect(themeOf(config, 'light')).toContain('--_header:var(--indigenius-header,#123456);');
    expect(themeOf(DEFAULT_CONFIG, 'auto')).not.toMatch(/header|muted|null/);
  });

  it('is made of declarations of colours and lengths, whatever the widget object holds', () => {
    const nasty = fc.oneof(
      fc.stringMatching(/^(?:rgb\(|hsl\(|#|red|url\(|var\(|@import|<\/style>|[;{}()\\/*!,% .\d-]){0,12}$/),
      fc.constantFrom(
        'red;}',
        'red}:host{x:y',
        '#fff;',
        'url(x)',
        'rgb(0,0,0);@import "x"',
        '\\3b',
        '#abc',
        'hsl(1 2% 3%)',
      ),
      fc.anything({ maxDepth: 1 }),
    );
    const fields = ['background_color', 'text_color', 'button_color', 'border_color', 'card_radius', 'button_radius'];
    const others = ['header_color', 'bubble_color', 'bot_message_color', 'bot_text_message_color', 'ice_break_color'];
    const record = (names: readonly string[]) =>
      fc.record(Object.fromEntries(names.map((name) => [name, nasty])), { requiredKeys: [] });
    const object = fc.oneof(
      record(fields),
      record([...others, 'style_params']),
      fc.record({ style_params: record([...fields, 'theme_mode']) }),
      fc.record({ theme: record(['primary', 'mode', 'radius']) }),
    );
    const color = String.raw`(?:#[\da-f]+|[a-z]+|[a-z]+\([\d a-z.,%/+-]*\))`;
    const declaration = String.raw`--_[a-z-]+:var\(--indigenius-[a-z-]+,(?:${color}|[\d.e-]+px)\);`;
    const rule = String.raw`:host\{color-scheme:(?:light|dark);(?:${declaration})*\}`;
    const media = '@media (?:not all and )?\\(prefers-color-scheme:dark\\)';
    const light = new RegExp(`^${rule}$`, 'i');
    const both = new RegExp(`^${media}\\{${rule}\\}${media}\\{${rule}\\}$`, 'i');
    fc.assert(
      fc.property(object, (object) => {
        const config = readConfig(object, () => {});
        expect(themeOf(config, 'light')).toMatch(light);
        expect(themeOf(config, 'auto')).toMatch(both);
        expect(themeOf(config, 'auto')).not.toMatch(/url\(/i);
      }),
      { numRuns: 2_000 },
    );
  });
});
