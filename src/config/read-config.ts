/** One `WidgetConfig` out of any of the three published widget objects. Fetched lazily, with all that reads. */

import { type Adjustment, guardPalette } from './contrast-guard.ts';
import { isObject } from './fields.ts';
import { INDIGENIUS_FIELDS, readIndigenius } from './indigenius.ts';
import { INSIGHTO_FIELDS, readInsighto } from './insighto.ts';
import { readSeny, SENY_FIELDS } from './seny.ts';
import type { WidgetConfig } from './widget-config.ts';

/** Where an object could be two of them, the first is meant. */
const READERS = [
  [INDIGENIUS_FIELDS, readIndigenius],
  [SENY_FIELDS, readSeny],
  [INSIGHTO_FIELDS, readInsighto],
] as const;

const told = new Set<string>();

/**
 * @param object parsed JSON: a widget, or the API's answer with the widget as `data`. Whatever it is, nothing is thrown;
 *   what can't be read takes its default.
 * @param warn is told of each colour that could not be read on its ground
 */
export function readConfig(object: unknown, warn: (message: string) => void = warnOnce): WidgetConfig {
  const widget = unwrapped(object);
  const [, read] = [...READERS].sort(([one], [other]) => count(widget, other) - count(widget, one))[0]!;
  const config = read(widget);
  const light = guardPalette(config.palettes.light);
  const dark = guardPalette(config.palettes.dark);
  for (const words of new Set([...light.adjustments, ...dark.adjustments].map(inWords))) warn(words);
  return { ...config, palettes: { light: light.palette, dark: dark.palette } };
}

/** The APIs answer `{data: widget}`, the proxy `{widget}`. */
function unwrapped(object: unknown): unknown {
  if (!isObject(object) || READERS.some(([fields]) => count(object, fields) > 0)) return object;
  const inside = ['data', 'widget'].find((name) => Object.hasOwn(object, name) && isObject(object[name]));
  return inside ? object[inside] : object;
}

function count(object: unknown, fields: readonly string[]): number {
  return isObject(object) ? fields.filter((field) => Object.hasOwn(object, field)).length : 0;
}

function inWords({ field, given, ground, contrast, used }: Adjustment): string {
  const least = field === 'focusOutline' ? '3:1' : '4.5:1';
  // Rounded down: 4.499 is not 4.5.
  const reached = Math.floor(contrast * 100) / 100;
  return `indigenius-widget: ${field} ${given} on ${ground} has a contrast of ${reached}:1 where ${least} is needed. Used instead: ${used}.`;
}

/** Once a page, however many widgets it has. */
function warnOnce(message: string): void {
  if (told.has(message)) return;
  told.add(message);
  console.warn(message);
}
