/**
 * Which browsers the browser suite runs in: those that `BROWSERS` names, all of which must then be here, or Chromium
 * and what else this machine has.
 */

import type { Engine } from './engine.ts';
import { FIREFOX } from './firefox.ts';
import { WEBKIT } from './webkit.ts';

const asked = process.env['BROWSERS']?.split(',');
const others = [FIREFOX, WEBKIT].filter(({ name }) => asked?.includes(name) ?? true);
const lacking = ({ name, missing }: Engine): string => `${name} (missing: ${missing().join(', ')})`;
const isMissing = (engine: Engine): boolean => engine.missing().length > 0;

const unknown = asked?.filter((name) => !['chromium', 'firefox', 'webkit'].includes(name)) ?? [];
if (unknown.length > 0) throw new Error(`BROWSERS names what no test runs in: ${unknown.join(', ')}`);
if (asked && others.some(isMissing)) {
  throw new Error(`BROWSERS asks for what is not here: ${others.filter(isMissing).map(lacking).join(', ')}`);
}

export const inChromium = asked?.includes('chromium') ?? true;
/** The engines beside Chromium. */
export const engines: readonly Engine[] = others.filter((engine) => !isMissing(engine));
/** Those that this machine can't run, with the packages they lack. */
export const leftOut: readonly string[] = others.filter(isMissing).map(lacking);
