/** Two palettes, for light and dark, out of the few colours that an owner chose for one of them. */

import { contrast, luminance, type Rgb, toRgb } from './color.ts';
import { nearest, OUTLINE_CONTRAST, textOn } from './contrast-guard.ts';
import { toOklch } from './oklch.ts';
import { DEFAULT_CONFIG, type Palette, type Scheme } from './widget-config.ts';

export type OwnersColors = Partial<Record<keyof Palette, string>>;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Where white and black contrast alike: above it, dark words read better. */
const MIDDLE_LUMINANCE = 0.179;
/** Below it a ground counts as grey, which belongs to the scheme it was chosen for. */
const LEAST_CHROMA = 0.05;
/** Under it a button can't be told from the card. */
const SEEN = 2;
const ACCENTS = ['header', 'avatar', 'launcher', 'userMessage', 'assistantMessage', 'prompt', 'action'] as const;

/**
 * The owner's palette is the one of the scheme that the background belongs to (without a background: `wanted`). The
 * other has our neutral ground and those of the owner's colours that are colours: on a dark card no light grey.
 */
export function palettesOf(
  owned: OwnersColors,
  wanted: Scheme = 'light',
): { palettes: Readonly<Record<Scheme, Palette>>; scheme: Scheme } {
  const background = owned.background ? toRgb(owned.background) : null;
  const scheme = background ? (luminance(background) > MIDDLE_LUMINANCE ? 'light' : 'dark') : wanted;
  const other = scheme === 'light' ? 'dark' : 'light';
  const { palettes } = DEFAULT_CONFIG;
  const own = complete(palettes[scheme], owned);
  const derived = complete(palettes[other], carried(owned, palettes[other]));
  return { palettes: scheme === 'light' ? { light: own, dark: derived } : { light: derived, dark: own }, scheme };
}

/** Whether a button of that colour can be told from the card. */
export function isSeen(color: string, background: string): boolean {
  const ground = toRgb(background) ?? undefined;
  const rgb = toRgb(color, ground);
  return !rgb || !ground || contrast(rgb, ground) >= SEEN;
}

/** What the owner left open is ours, as long as it can be read on what is the owner's. */
function complete(ours: Palette, owned: OwnersColors): Palette {
  const palette: Writable<Palette> = { ...ours, ...owned };
  const background = toRgb(palette.background);
  if (background && !owned.text) palette.text = textOn(background, ours.text);
  const outline = toRgb(palette.focusOutline, background ?? undefined);
  if (!owned.focusOutline && background && contrast(outline!, background) < OUTLINE_CONTRAST) {
    palette.focusOutline = textOn(background, palette.text);
  }
  const button = toRgb(palette.button, background ?? undefined);
  if (button && !owned.buttonText) palette.buttonText = textOn(button, ours.buttonText, palette.text);
  return palette;
}

/** What of `owned` goes along into the other scheme. */
function carried(owned: OwnersColors, ours: Palette): OwnersColors {
  const kept: OwnersColors = {};
  const ground = toRgb(ours.background)!;
  const { button, buttonText, focusOutline } = owned;
  if (button) {
    kept.button = isSeen(button, ours.background) ? button : nearest(toRgb(button, ground)!, ground, SEEN);
    // A text that was chosen for the button as it was may do no more; then ours is chosen anew.
    if (buttonText && kept.button === button) kept.buttonText = buttonText;
  }
  const outline = focusOutline && toRgb(focusOutline, ground);
  if (focusOutline && outline && contrast(outline, ground) >= OUTLINE_CONTRAST) kept.focusOutline = focusOutline;
  for (const field of ACCENTS) {
    const color = owned[field];
    const text = owned[`${field}Text`];
    if (!color || !isColorful(toRgb(color, ground))) continue;
    kept[field] = color;
    if (text) kept[`${field}Text`] = text;
  }
  return kept;
}

function isColorful(color: Rgb | null): boolean {
  return color === null || toOklch(color).chroma >= LEAST_CHROMA;
}
