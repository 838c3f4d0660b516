/** OKLCH, where a colour can become lighter or darker and keep its hue: https://www.w3.org/TR/css-color-4/#ok-lab */

import { linear, type Rgb } from './color.ts';

export interface Oklch {
  /** 0 (black) to 1 (white). */
  readonly lightness: number;
  /** 0 (grey) to about 0.4. */
  readonly chroma: number;
  /** Radians. */
  readonly hue: number;
}

export function toOklch(color: Rgb): Oklch {
  const [r, g, b] = color.map(linear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const blueYellow = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const greenRed = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(greenRed, blueYellow),
    hue: Math.atan2(blueYellow, greenRed),
  };
}

/** With as much of its chroma as sRGB has at that lightness: black and white have none. */
export function fromOklch({ lightness, chroma, hue }: Oklch): Rgb {
  const full = convert(lightness, chroma, hue);
  if (exists(full)) return full;
  let [least, most] = [0, chroma];
  for (let halvings = 0; halvings < 10; halvings++) {
    const middle = (least + most) / 2;
    if (exists(convert(lightness, middle, hue))) least = middle;
    else most = middle;
  }
  return convert(lightness, least, hue);
}

/** The tolerance is less than half a step of a byte. */
function exists(color: Rgb): boolean {
  return color.every((channel) => channel > -0.001 && channel < 1.001);
}

function convert(lightness: number, chroma: number, hue: number): Rgb {
  const greenRed = chroma * Math.cos(hue);
  const blueYellow = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * greenRed + 0.2158037573 * blueYellow) ** 3;
  const m = (lightness - 0.1055613458 * greenRed - 0.0638541728 * blueYellow) ** 3;
  const s = (lightness - 0.0894841775 * greenRed - 1.291485548 * blueYellow) ** 3;
  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** An amount of light as a channel of sRGB. */
function encoded(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}
