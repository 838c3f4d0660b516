import { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { migrate as migratePg } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, type StoreOptions } from '../../../../src/platform/store/store.ts';
import { temporaryFolder } from '../store/folder.ts';
import { databaseOfTest } from '../store/stores.ts';

const MIGRATIONS = resolve('src/platform/store/migrations');
const id = (digit: number): string => String(digit).repeat(24);
const AT = '2026-01-02T03:04:05.678Z';

/** A folder with the first migration alone. */
async function firstMigration(): Promise<string> {
  const folder = await temporaryFolder();
  const journal = JSON.parse(await readFile(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as { entries: object[] };
  await mkdir(join(folder, 'meta'));
  await writeFile(
    join(folder, 'meta/_journal.json'),
    JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }),
  );
  await cp(join(MIGRATIONS, '0000_first.sql'), join(folder, '0000_first.sql'));
  return folder;
}

/** A row of each table, as the first version of the platform wrote them. */
const ROWS = `
  insert into organisations values ('${id(1)}', 'Acme Inc', '${AT}');
  insert into api_keys values ('${id(2)}', '${id(1)}', 'old', 'hash', '{calls:read}', '${AT}', null, null);
  insert into assistants (id, organisation_id, name, created_at) values ('${id(3)}', '${id(1)}', 'Sam', '${AT}');
  insert into widgets (id, organisation_id, assistant_id, created_at) values ('${id(4)}', '${id(1)}', '${id(3)}', '${AT}');
  insert into calls values ('${id(5)}', '${id(1)}', '${id(3)}', '${id(4)}', 'web', '${AT}', '${AT}', '${AT}', 'visitor', 9);
  insert into transcript_lines values ('${id(1)}', '${id(5)}', 'u1', 'user', 'Hello', 5, '${AT}');
  insert into feedback values ('${id(1)}', '${id(5)}', 4, 'Good', '${AT}');
`;

async function writeFirstSchema(options: StoreOptions): Promise<void> {
  const migrationsFolder = await firstMigration();
  if (options.url === undefined) {
    await mkdir(join(options.folder!, 'postgres'));
    const client = await PGlite.create(join(options.folder!, 'postgres'));
    await migratePglite(drizzlePglite(client), { migrationsFolder });
    await client.exec(ROWS);
    await client.close();
  } else {
    const client = new Client({ connectionString: options.url });
    await client.connect();
    await migratePg(drizzlePg(client), { migrationsFolder });
    await client.query(ROWS);
    await client.end();
  }
}

describe('opening a database of the first schema', () => {
  it('keeps every row, gives new columns their defaults, and takes new rows', async () => {
    const options = await databaseOfTest();
    await writeFirstSchema(options);
    const store = await openStore(options);
    onTestFinished(() => store.close());
    const owner = id(1);
    const at = new Date(AT);
    expect(await store.organisations.named('Acme Inc')).toEqual({ id: owner, name: 'Acme Inc', createdAt: at });
    expect(await store.keys.find(owner, id(2))).toEqual({
      id: id(2),
      organisationId: owner,
      name: 'old',
      start: '',
      scopes: ['calls:read'],
      perMinute: null,
      perHour: null,
      allowedIps: [],
      createdAt: at,
      expiresAt: null,
      revokedAt: null,
    });
    expect(await store.assistants.find(owner, id(3))).toMatchObject({ name: 'Sam', createdAt: at });
    expect(await store.widgets.find(owner, id(4))).toMatchObject({ assistantId: id(3), createdAt: at });
    expect(await store.calls.find(owner, id(5))).toMatchObject({
      widgetId: id(4),
      phoneNumber: null,
      ringingAt: null,
      endedAt: at,
      durationMs: 9,
    });
    expect(await store.transcripts.list(owner, id(5))).toEqual([
      { id: 'u1', role: 'user', text: 'Hello', atMs: 5, endMs: null, interrupted: false, answered: null },
    ]);
    expect(await store.feedback.find(owner, id(5))).toEqual({ rating: 4, comment: 'Good' });

    expect(await store.keys.rotate(owner, id(2))).not.toBeNull();
    expect(await store.calls.create(owner, { assistantId: id(3), widgetId: id(4) })).toMatchObject({ type: 'web' });
  });
});
