/**
 * Keeps a second process out of a store's folder: PGlite has no lock of its own, and two processes on one folder lose
 * rows that were acknowledged.
 *
 * A holder is a file whose name says which process it is: `lock.PID.START`. Each process publishes its own file and
 * only then looks for others, so of two that come at the same time at least one sees the other. A name stands for one
 * process in all time, so removing a dead one's file can't hit a living one's, which a single lock file could not
 * promise. Processes of other machines or containers on the same folder can't be seen.
 */

import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const NAME = /^lock\.(\d+)\.(\d+)$/;
/** Two that met give way and come again at different times. */
const ATTEMPTS = 3;
const GIVE_WAY_MS = 50;
/** No living process has this start. */
const ZOMBIE = -1;

/** Somebody else has the folder. */
export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError';
  readonly folder: string;

  constructor(folder: string, holder: Holder) {
    super(
      `The folder ${folder} is in use by process ${holder.pid}. Stop that process, or choose another folder ` +
        `(DATA_DIR). If no such platform runs, remove ${join(folder, holder.file)} and start again.`,
    );
    this.folder = folder;
  }
}

interface Holder {
  readonly file: string;
  readonly pid: number;
}

export class FolderLock {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /**
   * Takes the folder, creating it where it is missing.
   * @throws FolderLockedError while a living process, this one included, has it.
   */
  static async acquire(folder: string): Promise<FolderLock> {
    const absolute = resolve(folder);
    await mkdir(absolute, { recursive: true });
    const file = `lock.${process.pid}.${startOf(process.pid) ?? 0}`;
    for (let attempt = 1; ; attempt += 1) {
      const lock = await FolderLock.#publish(absolute, file);
      const holder = await otherHolder(absolute, file);
      if (holder === null) return lock;
      await lock.release();
      if (attempt === ATTEMPTS) throw new FolderLockedError(absolute, holder);
      await pause(GIVE_WAY_MS * Math.random());
    }
  }

  static async #publish(folder: string, file: string): Promise<FolderLock> {
    const path = join(folder, file);
    try {
      await (await open(path, 'wx')).close();
    } catch (cause) {
      if (errorCode(cause) === 'EEXIST') throw new FolderLockedError(folder, { file, pid: process.pid });
      throw cause;
    }
    return new FolderLock(path);
  }

  /** Safe twice. */
  async release(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}

/** A living holder other than `own`; what dead ones left is removed. */
async function otherHolder(folder: string, own: string): Promise<Holder | null> {
  for (const file of await readdir(folder)) {
    const [, pid, start] = NAME.exec(file) ?? [];
    if (file === own || pid === undefined || start === undefined) continue;
    if (isAlive(Number(pid), Number(start))) return { file, pid: Number(pid) };
    await rm(join(folder, file), { force: true });
  }
  return null;
}

/** Whether the very process lives that had this pid and start: pids are given out again. */
function isAlive(pid: number, start: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if (errorCode(cause) !== 'EPERM') return false;
  }
  const started = startOf(pid);
  return started === null || started === start || (start === 0 && started !== ZOMBIE);
}

/** When a process started, in clock ticks since boot; null where the system has no /proc or the process is gone. */
function startOf(pid: number): number | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return null;
  }
  // From field 3 on: the second is the command's name in brackets, which may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has let go of its files; only its parent has not looked yet.
  if (fields[0] === 'Z') return ZOMBIE;
  const start = Number(fields[19]);
  return Number.isSafeInteger(start) ? start : null;
}

function errorCode(cause: unknown): string | null {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}
