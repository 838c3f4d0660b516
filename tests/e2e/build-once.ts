/** Builds what the end-to-end tests visit, once a run: the same build that `npm start` serves. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export default function buildOnce(): void {
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: join(import.meta.dirname, '../..'), stdio: 'inherit' });
}
