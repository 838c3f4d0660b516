/** Finds a Python 3 that has what a test needs: the first on the path, else the system's own (Debian's packages). */

import { execFileSync } from 'node:child_process';

/** A path or name to run, or null where none has these modules. */
export function findPython(...modules: readonly string[]): string | null {
  const has = (python: string): boolean => {
    try {
      execFileSync(python, ['-c', modules.map((name) => `import ${name}`).join('\n')], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  return ['python3', '/usr/bin/python3'].find(has) ?? null;
}
