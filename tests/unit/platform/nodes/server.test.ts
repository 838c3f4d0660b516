import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, type StoreOptions } from '../../../../src/platform/store/store.ts';
import { startCommand } from '../command.ts';
import { temporaryFolder } from '../store/folder.ts';
import { databaseOfTest } from '../store/stores.ts';

const MIGRATIONS = resolve('src/platform/store/migrations');

describe('nodes that open one empty database at the same time', () => {
  /** What a node that comes later would not apply again. */
  async function applied({ url }: StoreOptions): Promise<unknown[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query('select hash from drizzle.__drizzle_migrations order by id');
    await client.end();
    return rows;
  }

  async function migrations(): Promise<unknown[]> {
    const journal = await readFile(join(MIGRATIONS, 'meta/_journal.json'), 'utf8');
    return (JSON.parse(journal) as { entries: unknown[] }).entries;
  }

  it('in one process all find its tables, which were made once', async () => {
    const options = await databaseOfTest();
    const stores = await Promise.all(Array.from({ length: 8 }, () => openStore(options)));
    onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))));
    const owners = await Promise.all(stores.map((store) => store.organisations.named('Acme Inc')));
    expect(new Set(owners.map(({ id }) => id)).size).toBe(1);
    expect(await applied(options)).toHaveLength((await migrations()).length);
  });

  it('in processes of their own all find its tables, which were made once', async () => {
    const options = await databaseOfTest();
    const script = `
      const { openStore } = await import(${JSON.stringify(resolve('src/platform/store/store.ts'))});
      process.stdout.write('ready\\n');
      process.stdin.once('data', async () => {
        const store = await openStore(${JSON.stringify(options)});
        const { id } = await store.organisations.named('Acme Inc');
        await store.close();
        process.stdout.write(id);
        process.exit(0);
      });
    `;
    const children = Array.from({ length: 4 }, () => {
      const child = spawn(resolve('node_modules/.bin/node'), ['--input-type=module', '-e', script], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      return child;
    });
    await Promise.all(children.map((child) => once(child.stdout, 'data')));
    const owners = children.map(async (child) => {
      const said: Buffer[] = [];
      child.stdout.on('data', (data: Buffer) => said.push(data));
      child.stdin.write('go\n');
      const [code] = (await once(child, 'close')) as [number];
      return { code, owner: Buffer.concat(said).toString() };
    });
    const found = await Promise.all(owners);
    expect(found[0]!.owner).toMatch(/^[0-9a-f]{24}$/);
    expect(found).toEqual(found.map(() => ({ code: 0, owner: found[0]!.owner })));
    expect(await applied(options)).toHaveLength((await migrations()).length);
  });
});

describe('a platform on a server', () => {
  it('keeps its rows there, leaves the folder alone, and stops in good order', async () => {
    const { url } = await databaseOfTest();
    const folder = join(await temporaryFolder(), 'rows');
    const { child, closed, line, logged } = await startCommand({ DATA_DIR: folder, DATABASE_URL: url! });
    const response = await fetch(`${line('platform')}v1/widgets/${line('widget')}`, {
      headers: { 'X-API-Key': line('api key') },
    });
    expect(response.status).toBe(200);
    // Asked again and again, as whoever probes it does: a database that takes over 2 s to answer is not ready.
    await expect.poll(async () => (await fetch(`${line('platform')}readyz`)).status).toBe(200);
    await expect.poll(logged).toContain('"event":"site not read"');
    child.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
    expect(logged()).toContain('"event":"platform closed"');

    const store = await openStore({ url: url! });
    const { id } = await store.organisations.named('Northwind Catering');
    expect((await store.widgets.list(id)).rows).toMatchObject([{ id: line('widget') }]);
    await store.close();
    await expect(access(folder)).rejects.toThrow('ENOENT');
  });
});
