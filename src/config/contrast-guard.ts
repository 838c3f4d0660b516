/**
 * Keeps an owner's words legible on an owner's grounds: a text that can't be read on its ground moves to the nearest
 * lightness that can. Grounds stay as they are. Colours that nobody can compute here are left alone.
 */

import { contrast, type Rgb, toHex, toRgb } from './color.ts';
import { fromOklch, toOklch } from './oklch.ts';
import type { Palette } from './widget-config.ts';

/** WCAG 2.2: 1.4.3 for words, 1.4.11 for what is no words. */
export const TEXT_CONTRAST = 4.5;
export const OUTLINE_CONTRAST = 3;
/** How much of the text's colour the style sheet has in what is said beside the point, and in a ground that is set apart. */
const MUTED_SHARE = 0.72;
const TINT_SHARE = 0.06;
/** Of OKLCH lightness; about half of what anybody can see. */
const STEP = 0.002;

/** What stands on what; and the ground that takes its place where there is none. */
const PAIRS = [
  ['text', 'background', 'background', TEXT_CONTRAST],
  ['focusOutline', 'background', 'background', OUTLINE_CONTRAST],
  ['muted', 'background', 'background', TEXT_CONTRAST],
  ['buttonText', 'button', 'button', TEXT_CONTRAST],
  ['headerText', 'header', 'background', TEXT_CONTRAST],
  ['avatarText', 'avatar', 'button', TEXT_CONTRAST],
  ['launcherText', 'launcher', 'button', TEXT_CONTRAST],
  ['userMessageText', 'userMessage', 'background', TEXT_CONTRAST],
  ['assistantMessageText', 'assistantMessage', 'background', TEXT_CONTRAST],
  ['promptText', 'prompt', 'background', TEXT_CONTRAST],
  ['actionText', 'action', 'background', TEXT_CONTRAST],
] as const;

export interface Adjustment {
  readonly field: keyof Palette;
  readonly given: string;
  readonly ground: string;
  /** Of `given` on `ground`. */
  readonly contrast: number;
  readonly used: string;
}

/**
 * The palette with every text legible. A ground without a text gets one; a text without a ground gets the ground that
 * it was checked on, so that the style sheet can't put it on another.
 */
export function guardPalette(given: Palette): { palette: Palette; adjustments: readonly Adjustment[] } {
  const palette: Record<keyof Palette, string | null> = { ...given };
  const adjustments: Adjustment[] = [];
  const canvas = toRgb(given.background) ?? undefined;
  for (const [field, groundField, otherwise, least] of PAIRS) {
    const color = palette[field];
    // Null on the card itself: the style sheet derives it.
    if (color === null && (palette[groundField] === null || groundField === 'background')) continue;
    const onCard = (name: 'background' | typeof groundField): Rgb | null =>
      toRgb(palette[name]!, name === 'background' ? undefined : canvas);
    if (palette[groundField] === null) {
      // As it looks: something translucent would be laid on itself.
      const solid = onCard(otherwise);
      palette[groundField] = solid ? toHex(solid) : palette[otherwise];
    }
    const ground = palette[groundField]!;
    const groundRgb = onCard(groundField);
    if (!groundRgb) continue;
    if (color === null) {
      palette[field] = textOn(groundRgb, palette.text!);
      continue;
    }
    const rgb = toRgb(color, groundRgb);
    const reached = rgb ? contrast(rgb, groundRgb) : least;
    if (reached >= least) continue;
    const used = nearest(rgb!, groundRgb, least);
    palette[field] = used;
    adjustments.push({ field, given: color, ground, contrast: reached, used });
  }
  if (canvas) derive(palette, canvas);
  return { palette: palette as unknown as Palette, adjustments };
}

/** The first of `wanted` that can be read on `ground`, else white or black, whichever reads better. */
export function textOn(ground: Rgb, ...wanted: readonly string[]): string {
  const fits = wanted.find((color) => contrast(toRgb(color, ground) ?? ground, ground) >= TEXT_CONTRAST);
  return fits ?? (contrast([1, 1, 1], ground) >= contrast([0, 0, 0], ground) ? '#ffffff' : '#000000');
}

/** The colour of the same hue that reaches `least` on `ground` with the smallest change of lightness. */
export function nearest(color: Rgb, ground: Rgb, least: number): string {
  const { lightness, chroma, hue } = toOklch(color);
  for (let away = 0; away <= 1; away += STEP) {
    for (const moved of [lightness - away, lightness + away]) {
      if (moved < -STEP || moved > 1 + STEP) continue;
      const used = toHex(fromOklch({ lightness: Math.min(1, Math.max(0, moved)), chroma, hue }));
      if (contrast(toRgb(used)!, ground) >= least) return used;
    }
  }
  return textOn(ground);
}

/** What the style sheet derives from other colours, where what it would make of them is too pale. */
function derive(palette: Record<keyof Palette, string | null>, canvas: Rgb): void {
  const text = toRgb(palette.text!, canvas);
  const button = toRgb(palette.button!, canvas);
  if (text) {
    const muted = mixed(text, canvas, MUTED_SHARE);
    if (contrast(muted, canvas) < TEXT_CONTRAST) palette.muted ??= nearest(muted, canvas, TEXT_CONTRAST);
    if (contrast(text, mixed(text, canvas, TINT_SHARE)) < TEXT_CONTRAST) palette.tint ??= toHex(canvas);
  }
  if (button && contrast(button, canvas) < OUTLINE_CONTRAST)
    palette.level ??= nearest(button, canvas, OUTLINE_CONTRAST);
}

function mixed(one: Rgb, other: Rgb, share: number): Rgb {
  return one.map((part, at) => part * share + other[at]! * (1 - share)) as unknown as Rgb;
}
