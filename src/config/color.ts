/** CSS colours that come from strangers: which are let into a style sheet, what they look like, how they contrast. */

const HEX = /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i;
const NAME = /^[a-z]{3,20}$/i;
/** Words that parse as names but say nothing of their own: an owner's colour must not depend on the page. */
const NO_COLOR = /^(?:inherit|initial|unset|revert|none|auto|currentcolor)$/i;
/** Nor on the visitor's system: `Canvas` is white here and black there. */
const SYSTEM_COLOR =
  /^(?:accent|active|app|background|button|canvas|caption|field|graytext|highlight|inactive|info|link|mark|menu|scroll|selected|three|visited|window)/i;
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
  const allowed =
    HEX.test(color) || FUNCTION.test(color) || (NAME.test(color) && !NO_COLOR.test(color) && !SYSTEM_COLOR.test(color));
  if (!allowed) return null;
  // The grammar keeps out what could do harm; only a browser knows which names and mixtures are colours.
  const { CSS } = globalThis as { CSS?: { supports(property: string, value: string): boolean } };
  return CSS && !CSS.supports('color', color) ? null : color;
}

/** Red, green and blue of sRGB, 0 to 1. */
export type Rgb = readonly [number, number, number];

/** What `color` looks like on `ground`; null where nobody can tell: outside browsers, all but hex, rgb() and hsl(). */
export function toRgb(color: string, ground: Rgb = [1, 1, 1]): Rgb | null {
  const parsed = hex(color) ?? rgbOrHsl(color) ?? asked(color);
  if (!parsed) return null;
  const alpha = within(parsed[3] ?? 1);
  const over = (at: 0 | 1 | 2): number => within(parsed[at]!) * alpha + ground[at] * (1 - alpha);
  return [over(0), over(1), over(2)];
}

export function toHex(color: Rgb): string {
  const byte = (channel: number): string => (Math.round(within(channel) * 255) + 256).toString(16).slice(1);
  return `#${color.map(byte).join('')}`;
}

/** WCAG 2 contrast of two colours, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const a = luminance(one);
  const b = luminance(other);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Relative luminance, 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** A channel of sRGB as an amount of light. */
export function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function within(part: number): number {
  return Math.min(1, Math.max(0, part));
}

/** Three or four parts, the fourth alpha. */
type Parts = readonly number[];

function hex(color: string): Parts | null {
  if (!HEX.test(color)) return null;
  const digits = color.length < 6 ? color.replace(/[^#]/g, '$&$&') : color;
  return digits.match(/[^#]{2}/g)!.map((pair) => Number.parseInt(pair, 16) / 255);
}

const TURN = { deg: 360, grad: 400, rad: 2 * Math.PI, turn: 1 } as const;

function rgbOrHsl(color: string): Parts | null {
  const [, kind, inside] = /^(rgb|hsl)a?\(\s*(.*?)\s*\)$/i.exec(color) ?? [];
  if (!kind) return null;
  const written = inside!.split(/[\s,/]+/);
  /** `full` is the number that means 1; a percentage says so itself. `none` is 0. */
  const part = (at: number, full: number): number =>
    (Number.parseFloat(written[at]!) || 0) / (written[at]!.endsWith('%') ? 100 : full);
  const alpha = written.length > 3 ? part(3, 1) : 1;
  if (/r/i.test(kind)) return [part(0, 255), part(1, 255), part(2, 255), alpha];
  const unit = (/[a-z]+$/i.exec(written[0]!)?.[0].toLowerCase() ?? 'deg') as keyof typeof TURN;
  const hue = (Number.parseFloat(written[0]!) || 0) / (TURN[unit] ?? 360);
  const [saturation, lightness] = [within(part(1, 100)), within(part(2, 100))];
  const strength = saturation * Math.min(lightness, 1 - lightness);
  // https://www.w3.org/TR/css-color-4/#hsl-to-rgb
  const channel = (offset: number): number => {
    const at = (((offset + hue * 12) % 12) + 12) % 12;
    return lightness - strength * Math.max(-1, Math.min(at - 3, 9 - at, 1));
  };
  return [channel(0), channel(8), channel(4), alpha];
}

interface Style {
  setProperty(name: string, value: string, priority: string): void;
  getPropertyValue(name: string): string;
}
interface Probe {
  readonly style: Style;
  append(child: Probe): void;
  remove(): void;
}
interface Page {
  readonly document: { readonly documentElement: Probe; createElement(name: string): Probe };
  getComputedStyle(element: Probe): Style;
}

const answers = new Map<string, Parts | null>();

/**
 * Names, hwb(), lab() and the like, as the browser computes them. Not by a canvas, whose pixels browsers blur against
 * fingerprinting, and by a property that forced colours leave alone.
 */
function asked(color: string): Parts | null {
  // (Typed by hand: this file is compiled for servers, too.)
  const { document, getComputedStyle } = globalThis as unknown as Partial<Page>;
  if (!document || !getComputedStyle) return null;
  let answer = answers.get(color);
  if (answer === undefined) {
    const probe = document.createElement('i');
    probe.style.setProperty('flood-color', `color-mix(in srgb,${color} 100%,red)`, 'important');
    document.documentElement.append(probe);
    const computed = getComputedStyle(probe).getPropertyValue('flood-color');
    probe.remove();
    const parts = /^color\(srgb ([^)]+)\)$/.exec(computed)?.[1]?.split(/[\s/]+/);
    answer = parts ? parts.map((part) => Number.parseFloat(part) || 0) : rgbOrHsl(computed);
    answers.set(color, answer);
  }
  return answer;
}
