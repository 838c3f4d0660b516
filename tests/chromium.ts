/** Finds a Chromium to test in: `CHROMIUM_PATH`, the system's, or Playwright's own; where there is none, installs one. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** A path to an executable, or undefined. */
export function lookForChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env['CHROMIUM_PATH']) {
    if (!existsSync(env['CHROMIUM_PATH'])) throw new Error(`CHROMIUM_PATH names no file: ${env['CHROMIUM_PATH']}`);
    return env['CHROMIUM_PATH'];
  }
  const folders = (env['PATH'] ?? '').split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, MAC, chromium.executablePath()].find((path) => existsSync(path));
}

/** Like {@link lookForChromium}, but says what to do where there is none. */
export function findChromium(): string {
  const path = lookForChromium();
  if (!path)
    throw new Error('No Chromium found: run the tests by `npm test`, which installs one, or set CHROMIUM_PATH.');
  return path;
}

function run(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'inherit' });
    return true;
  } catch {
    return false;
  }
}

/** Installs by Playwright, or (as root on Debian) by apt-get. */
function install(): void {
  console.log('No Chromium on this machine; installing one for the tests.');
  if (run('npx', ['playwright', 'install', 'chromium']) && lookForChromium()) return;
  if (process.getuid?.() === 0) {
    console.log("Playwright could not download one; installing Debian's package.");
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', 'chromium']);
  }
}

if (import.meta.main) {
  if (!lookForChromium()) install();
  console.log(`chromium: ${findChromium()}`);
}
