/** Which engines the browser suite runs in, beside Chromium. */

import type { Engine } from './engine.ts';
import { FIREFOX } from './firefox.ts';
import { WEBKIT } from './webkit.ts';

export interface Choice {
  readonly chromium: boolean;
  readonly engines: readonly Engine[];
  /** Those that this machine can't run, each with the packages it lacks. */
  readonly leftOut: readonly string[];
}

/** Those that are asked for (`chromium,firefox`), all of which must be here; or else those that are. */
export function choose(asked: string | undefined, known: readonly Engine[]): Choice {
  const names = asked?.split(',');
  const strange = names?.filter((name) => name !== 'chromium' && !known.some((engine) => engine.name === name)) ?? [];
  if (strange.length > 0) throw new Error(`BROWSERS names what the tests don't know: ${strange.join(', ')}`);
  const wanted = known.filter(({ name }) => names?.includes(name) ?? true);
  const engines = wanted.filter((engine) => engine.missing().length === 0);
  const leftOut = wanted
    .filter((engine) => !engines.includes(engine))
    .map(({ name, missing }) => `${name} (missing: ${missing().join(', ')})`);
  if (names && leftOut.length > 0) throw new Error(`BROWSERS asks for what is not here: ${leftOut.join(', ')}`);
  return { chromium: names?.includes('chromium') ?? true, engines, leftOut };
}

export const chosen = choose(process.env['BROWSERS'], [FIREFOX, WEBKIT]);
