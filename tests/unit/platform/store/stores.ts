/** Empty stores for tests: PGlite, or a database of their own on the server of `TEST_DATABASE_URL`. */

import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { openStore, type Store, type StoreOptions } from '../../../../src/platform/store/store.ts';
import { temporaryFolder } from './folder.ts';
import './copied-pglite.ts';

const { TEST_DATABASE_URL } = process.env;

/** Whether the tests of this run are about PostgreSQL itself. */
export const onServer = Boolean(TEST_DATABASE_URL);

export interface TestDatabase {
  /** What `openStore` is given: each time the same rows. */
  readonly options: StoreOptions;
  drop(): Promise<void>;
}

/** A database without tables. @throws without `TEST_DATABASE_URL` */
export async function newDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServerItself(`create database ${name}`);
  const url = new URL(TEST_DATABASE_URL!);
  url.pathname = `/${name}`;
  return { options: { url: url.href }, drop: () => onServerItself(`drop database ${name} with (force)`) };
}

/** A database without tables that outlives its store, gone when the test is over: a folder, or one on the server. */
export async function databaseOfTest(): Promise<StoreOptions> {
  if (!onServer) return { folder: await temporaryFolder() };
  const { options, drop } = await newDatabase();
  onTestFinished(drop);
  return options;
}

/** An empty store, gone once it is closed. */
export async function emptyStore(): Promise<Store> {
  if (!onServer) return openStore({ folder: null });
  const { options, drop } = await newDatabase();
  const store = await openStore(options);
  const close = store.close.bind(store);
  let closing: Promise<void> | null = null;
  store.close = () => (closing ??= close().then(drop));
  return store;
}

/** As `emptyStore`, closed when the test is over. */
export async function storeOfTest(): Promise<Store> {
  const store = await emptyStore();
  onTestFinished(() => store.close());
  return store;
}

async function onServerItself(statement: string): Promise<void> {
  const client = new Client({ connectionString: TEST_DATABASE_URL });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
