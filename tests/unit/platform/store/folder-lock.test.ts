import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FolderLock, FolderLockedError } from '../../../../src/platform/store/folder-lock.ts';
import { temporaryFolder } from './folder.ts';

const NODE = resolve('node_modules/.bin/node');
const LOCK = resolve('src/platform/store/folder-lock.ts');

/** Another process that takes the folder's lock, says how that went, and lives until it is killed. */
async function otherProcess(folder: string) {
  const script = `
    const { FolderLock } = await import(${JSON.stringify(LOCK)});
    const outcome = await FolderLock.acquire(${JSON.stringify(folder)}).then(() => 'held', (error) => error.message);
    process.stdout.write(outcome);
    setInterval(() => {}, 60_000);
  `;
  const child = spawn(NODE, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  const [outcome] = (await once(child.stdout, 'data')) as [Buffer];
  return { pid: child.pid!, outcome: outcome.toString(), kill };
}

describe('FolderLock', () => {
  it('keeps a second process out, and names the folder, the holder and the remedy', async () => {
    const folder = await temporaryFolder();
    const other = await otherProcess(folder);
    expect(other.outcome).toBe('held');
    const refusal = await FolderLock.acquire(folder).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(FolderLockedError);
    const { message } = refusal as FolderLockedError;
    expect(message).toContain(folder);
    expect(message).toContain(`process ${other.pid}`);
    expect(message).toMatch(/Stop that process, or choose another folder/);
  });

  it('is held against other processes by this one', async () => {
    const folder = await temporaryFolder();
    const lock = await FolderLock.acquire(folder);
    expect((await otherProcess(folder)).outcome).toContain(`is in use by process ${process.pid}`);
    await lock.release();
    expect((await otherProcess(folder)).outcome).toBe('held');
  });

  it('of a killed process blocks nobody', async () => {
    const folder = await temporaryFolder();
    const other = await otherProcess(folder);
    await other.kill();
    expect(await readdir(folder)).toEqual([expect.stringContaining(`lock.${other.pid}.`)]);
    const lock = await FolderLock.acquire(folder);
    expect(await readdir(folder)).toEqual([expect.stringContaining(`lock.${process.pid}.`)]);
    await lock.release();
  });

  it.runIf(process.platform === 'linux')('of a dead process whose pid is another now blocks nobody', async () => {
    const folder = await temporaryFolder();
    // This process's parent lives, but did not start at the first tick after boot.
    await writeFile(join(folder, `lock.${process.ppid}.1`), '');
    const lock = await FolderLock.acquire(folder);
    expect(await readdir(folder)).toHaveLength(1);
    await lock.release();
  });

  it('is taken once within a process, too', async () => {
    const folder = await temporaryFolder();
    const lock = await FolderLock.acquire(folder);
    await expect(FolderLock.acquire(folder)).rejects.toThrow(FolderLockedError);
    await lock.release();
    await lock.release();
    await (await FolderLock.acquire(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('has never two holders, however many come at the same time', async () => {
    const folder = await temporaryFolder();
    const outcomes = await Promise.all(Array.from({ length: 4 }, async () => (await otherProcess(folder)).outcome));
    expect(outcomes.filter((outcome) => outcome === 'held').length).toBeLessThanOrEqual(1);
  });
});
