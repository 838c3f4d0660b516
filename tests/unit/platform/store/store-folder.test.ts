import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FolderLockedError } from '../../../../src/platform/store/folder-lock.ts';
import { openStore } from '../../../../src/platform/store/store.ts';
import { temporaryFolder } from './folder.ts';

const NODE = resolve('node_modules/.bin/node');

describe('a store in a folder', () => {
  it('is locked while it is open, and free when it is closed', async () => {
    const folder = await temporaryFolder();
    const store = await openStore({ folder });
    await expect(openStore({ folder })).rejects.toThrow(FolderLockedError);
    await store.close();
    await store.close();
    expect(await readdir(folder)).toEqual(['postgres']);
  });

  it('keeps a second process out, which changes nothing', async () => {
    const folder = await temporaryFolder();
    const store = await openStore({ folder });
    const { id: owner } = await store.organisations.named('Acme Inc');
    const script = `
      const { openStore } = await import(${JSON.stringify(resolve('src/platform/store/store.ts'))});
      const error = await openStore({ folder: ${JSON.stringify(folder)} }).catch((cause) => cause);
      process.stdout.write(error.name + ': ' + error.message);
    `;
    const said = execFileSync(NODE, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(said).toContain(`FolderLockedError: The folder ${folder} is in use by process ${process.pid}`);
    await store.assistants.create(owner, { name: 'Sam' });
    await store.close();

    const after = await openStore({ folder });
    expect((await after.assistants.list(owner)).rows).toHaveLength(1);
    await after.close();
  });

  it('never holds a key, only its hash', async () => {
    const folder = await temporaryFolder();
    const store = await openStore({ folder });
    const { id: owner } = await store.organisations.named('Acme Inc');
    const { secret: key } = await store.keys.issue(owner, { name: 'test', scopes: [] });
    await store.close();
    const count = (text: string) => execFileSync('sh', ['-c', `grep -ral -- "$1" "$2" | wc -l`, 'sh', text, folder]);
    expect(Number(count(key))).toBe(0);
    expect(Number(count(createHash('sha256').update(key).digest('hex')))).toBeGreaterThan(0);
  });
});
