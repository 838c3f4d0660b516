/** `npm run platform`, as a process of a test's own. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Command {
  readonly child: ChildProcess;
  /** Exit code and signal, once it is over. */
  readonly closed: Promise<unknown>;
  /** What one of its lines says. */
  line(name: string): string;
  /** What it wrote to standard error so far. */
  logged(): string;
}

/** Settles as soon as it listens. @throws with what it logged where it ended before */
export async function startCommand(env: Readonly<Record<string, string>>): Promise<Command> {
  const child = spawn(resolve('node_modules/.bin/node'), [resolve('src/platform/main.ts')], {
    // Nobody answers there: the platform does without the site's pages.
    env: { PLATFORM_PORT: '0', SITE_URL: 'http://127.0.0.1:9/', DRAIN_MS: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  let said = '';
  let logged = '';
  child.stderr.on('data', (data: Buffer) => (logged += data));
  await new Promise<void>((told, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      said += data;
      if (/^widget: \w+\n/m.test(said)) told();
    });
    void closed.then(() => reject(new Error(logged)));
  });
  return {
    child,
    closed,
    line: (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(said)![1]!,
    logged: () => logged,
  };
}
