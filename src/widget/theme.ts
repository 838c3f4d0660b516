/** An owner's look as custom properties. They live in a sheet of the element's own: the page's `style` stays its own. */

import { legible } from '../config/color.ts';
import { DEFAULT_CONFIG, type ThemeMode, type WidgetConfig } from '../config/widget-config.ts';

/** A rule for `:host`; each `--_x` gives way to the page's `--indigenius-x`. */
export function themeOf(config: WidgetConfig | null, mode: ThemeMode): string {
  const { palettes, cardRadius, buttonRadius } = config ?? DEFAULT_CONFIG;
  const palette = palettes[mode === 'dark' ? 'dark' : 'light'];
  const { background, text, button, buttonText, focusOutline } = palette;
  const values = {
    ...palette,
    text: legible(text, background),
    buttonText: legible(buttonText, button),
    focusOutline: legible(focusOutline, background, 3),
    cardRadius: `${cardRadius}px`,
    buttonRadius: `${buttonRadius}px`,
  };
  const rules = Object.entries(values).map(([key, value]) => {
    if (value === null) return '';
    const name = key.replace(/[A-Z]/g, '-$&').toLowerCase();
    return `--_${name}:var(--indigenius-${name},${value});`;
  });
  return `:host{${rules.join('')}}`;
}
