/** Builds what the end-to-end tests visit, once a run: the same build that `npm start` serves. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export default function buildOnce(): void {
  const cwd = join(import.meta.dirname, '../..');
  // The test runner's own NODE_ENV would get us Lit's development build.
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync('npm', ['run', 'build', '--silent'], { cwd, env, stdio: 'inherit' });
}
