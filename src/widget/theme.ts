/**
 * An owner's look as custom properties. They live in a sheet of the element's own: the page's `style` stays its own.
 *
 * The style sheet reads `--_x`. A colour that is null in the palette is not in here, so for each of those the style
 * sheet has the derivation on `:host`, with the page's own word before it:
 * `--_header: var(--indigenius-header, var(--_background))`. This sheet comes after that one and goes before it.
 */

import type { Scheme, ThemeMode, WidgetConfig } from '../config/widget-config.ts';

/** Rules for `:host`; each `--_x` gives way to the page's `--indigenius-x`. Colours have been checked by `config/`. */
export function themeOf(config: WidgetConfig, mode: ThemeMode = config.themeMode): string {
  const rule = (scheme: Scheme): string => {
    const palette = config.palettes[scheme];
    const values = {
      ...palette,
      // On a ground of its own, what is beside the point is as strong as the rest: nobody has checked a paler colour.
      headerMuted: palette.header && palette.headerText,
      cardRadius: `${config.cardRadius}px`,
      buttonRadius: `${config.buttonRadius}px`,
    };
    const declarations = Object.entries(values).map(([key, value]) => {
      const name = key.replace(/[A-Z]/g, '-$&').toLowerCase();
      return value === null ? '' : `--_${name}:var(--indigenius-${name},${value});`;
    });
    return `:host{color-scheme:${scheme};${declarations.join('')}}`;
  };
  if (mode !== 'auto') return rule(mode);
  // Not light below dark: a colour that only light has would shine through.
  const dark = '(prefers-color-scheme:dark)';
  return `@media not all and ${dark}{${rule('light')}}@media ${dark}{${rule('dark')}}`;
}
