/** CSS colours that come from strangers: which are let into a style sheet, and whether one can be read on another. */

const HEX = /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i;
const NAME = /^[a-z]{3,20}$/i;
/** Words that parse as names but say nothing of their own: an owner's colour must not depend on the page. */
const NO_COLOR = /^(?:inherit|initial|unset|revert|none|auto|currentcolor)$/i;
const PART = String.raw`(?:none|[-+]?(?:\d+\.?\d*|\.\d+)(?:%|deg|g?rad|turn)?)`;
const FUNCTION = new RegExp(
  String.raw`^(?:rgba?|hsla?|hwb|(?:ok)?l(?:ab|ch))\(\s*${PART}(?:\s*[\s,]\s*${PART}){2}(?:\s*[,/]\s*${PART})?\s*\)$`,
  'i',
);
/** The longest sensible colour is an oklch() with decimals; the bound also keeps the expressions above linear. */
const MAX_LENGTH = 64;

/** `value` where it is one CSS colour and nothing else (hex, a colour function of plain numbers, a name), or null. */
export function readColor(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return null;
  const color = value.trim();
  const allowed = HEX.test(color) || FUNCTION.test(color) || (NAME.test(color) && !NO_COLOR.test(color));
  if (!allowed) return null;
  // The grammar keeps out what could do harm; only a browser knows which names and mixtures are colours.
  const { CSS } = globalThis as { CSS?: { supports(property: string, value: string): boolean } };
  return CSS && !CSS.supports('color', color) ? null : color;
}

/** WCAG 2 contrast of two opaque hex colours, 1 to 21; null where either is written in another way. */
export function contrast(one: string, other: string): number | null {
  const a = luminance(one);
  const b = luminance(other);
  return a === null || b === null ? null : (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** `color` where it reaches `least` on `background` (or nobody can tell), else black or white, whichever reads better. */
export function legible(color: string, background: string, least = 4.5): string {
  if ((contrast(color, background) ?? least) >= least) return color;
  return contrast('#000000', background)! > contrast('#ffffff', background)! ? '#000000' : '#ffffff';
}

/** Relative luminance, 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number | null {
  const digits = /^#(?:([\da-f]{3})|([\da-f]{6}))$/i.exec(color);
  if (!digits) return null;
  const six = digits[2] ?? digits[1]!.replace(/./g, '$&$&');
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(six.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
