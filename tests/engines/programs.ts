/** Programs on this machine: found by name, started with a folder of their own, ended by their id. */

import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 20;
const START_MS = 30_000;
const END_MS = 5_000;

/** The first of these names that is in `PATH`, as a path. */
export function findProgram(...names: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** Polls until something is there. Rejects when it takes too long. */
export async function waitFor<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (const giveUpAt = Date.now() + START_MS; Date.now() < giveUpAt; await wait(POLL_MS)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`${what} did not come within ${START_MS / 1000} s`);
}

/** The programs that serve one browser window, and where they keep their files. */
export class Programs {
  readonly folder = mkdtempSync(join(tmpdir(), 'engine-'));
  readonly #running: ChildProcess[] = [];

  constructor() {
    process.once('exit', this.#endAtOnce);
  }

  start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, stdio: StdioOptions = 'pipe') {
    // A home of their own: nothing of this machine's user is read or written.
    const home = { HOME: this.folder, XDG_RUNTIME_DIR: this.folder };
    const child = spawn(command, args, { stdio, env: { ...process.env, ARGS: undefined, ...home, ...env } });
    this.#running.push(child);
    child.on('error', () => {}); // Whoever waits for its first sign gives up and says so.
    return child;
  }

  /** What a program writes, until this is in it. A program that nobody reads from would stop when its pipe is full. */
  read({ stdout, stderr, stdio }: ChildProcess, pattern: RegExp): Promise<string> {
    let text = '';
    for (const stream of [stdout, stderr, stdio[3]]) stream?.on('data', (data: Buffer) => (text += data.toString()));
    return waitFor(String(pattern), () => pattern.exec(text)?.[1]);
  }

  /** Ends them, the last started first. */
  async end(): Promise<void> {
    for (const child of this.#running.splice(0).toReversed()) {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, 'exit');
      child.kill();
      const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
      await gone;
      clearTimeout(timer);
    }
    process.off('exit', this.#endAtOnce);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  readonly #endAtOnce = (): void => {
    for (const child of this.#running) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  };
}
