/**
 * The database that every table's module works on: PostgreSQL itself, or PGlite, which is PostgreSQL in this process.
 * Migrations are applied when it is opened, by one node at a time.
 */

import { PGlite } from '@electric-sql/pglite';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PoolClient } from 'pg';

export type Database = PgDatabase<PgQueryResultHKT>;

export interface OpenDatabase {
  readonly database: Database;
  /** Does work that only one node may do at a time: others that come with any such work wait. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Lets queries that are under way finish, those included that wait for a connection. Safe twice. */
  close(): Promise<void>;
}

/** The server of a `DATABASE_URL` does not let us in, or is not there. Says where it should be, never the password. */
export class DatabaseUnreachableError extends Error {
  override readonly name = 'DatabaseUnreachableError';
  /** As given, without user, password and options; null for what is no address. */
  readonly address: string | null;

  constructor(url: string, cause: unknown) {
    const address = addressOf(url);
    super(
      address === null
        ? 'DATABASE_URL is no postgres://user:password@host:port/database'
        : `The database at ${address} (DATABASE_URL) can't be used: ${reasonOf(cause)}`,
      // The error of an address that can't be read repeats it.
      address === null ? undefined : { cause },
    );
    this.address = address;
  }
}

// Beside this module, as source and as built.
const MIGRATIONS = { migrationsFolder: join(dirname(fileURLToPath(import.meta.url)), 'migrations') };
/** What nodes that start together wait for: one of them migrates, the others find it done. */
const MIGRATION_LOCK = 0x1d16e;
const ALONE_LOCK = 0x1d16f;
const MAX_CONNECTIONS = 10;
const CONNECT_WITHIN_MS = 10_000;

/** @param path a folder, or `memory://` */
export async function openPglite(path: string): Promise<OpenDatabase> {
  const { drizzle } = await import('drizzle-orm/pglite');
  const { migrate } = await import('drizzle-orm/pglite/migrator');
  const client = await PGlite.create(path);
  const database = drizzle(client);
  await migrate(database, MIGRATIONS);
  // No other process has this database.
  let last: Promise<unknown> = Promise.resolve();
  return {
    database: database as unknown as Database,
    alone(work) {
      const done = last.then(work);
      last = done.catch(() => {});
      return done;
    },
    async close() {
      if (!client.closed) await client.close();
    },
  };
}

/**
 * @param url `postgres://user:password@host:port/database`
 * @param onerror told of a connection that broke while nobody used it; the next query opens another
 * @throws DatabaseUnreachableError
 */
export async function openPostgres(url: string, onerror: (error: Error) => void): Promise<OpenDatabase> {
  if (addressOf(url) === null) throw new DatabaseUnreachableError(url, null);
  const { Pool } = (await import('pg')).default;
  const { drizzle } = await import('drizzle-orm/node-postgres');
  const { migrate } = await import('drizzle-orm/node-postgres/migrator');
  const pool = new Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    // Otherwise a server that vanished without a word would be waited for.
    keepAlive: true,
    keepAliveInitialDelayMillis: CONNECT_WITHIN_MS,
  });
  pool.on('error', onerror);

  /** The lock is the connection's: where a node dies, the server gives it free. */
  async function locked<Result>(lock: number, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await pool.connect();
    let broken = true;
    try {
      await client.query('select pg_advisory_lock($1)', [lock]);
      const result = await work(client).finally(() => client.query('select pg_advisory_unlock($1)', [lock]));
      broken = false;
      return result;
    } finally {
      // Where anything failed the connection goes, and the lock with it.
      client.release(broken);
    }
  }

  try {
    const client = await pool.connect().catch((cause: unknown) => {
      throw new DatabaseUnreachableError(url, cause);
    });
    client.release();
    await locked(MIGRATION_LOCK, (client) => migrate(drizzle(client), MIGRATIONS));
  } catch (cause) {
    await pool.end();
    throw cause;
  }

  async function close(): Promise<void> {
    // The pool would forget whoever waits for a connection when it ends.
    while (pool.waitingCount > 0) {
      const inTime = await once(pool, 'release', { signal: AbortSignal.timeout(CONNECT_WITHIN_MS) }).catch(() => null);
      if (inTime === null) break;
    }
    await pool.end();
  }
  let closing: Promise<void> | null = null;
  return {
    database: drizzle(pool) as unknown as Database,
    alone: (work) => locked(ALONE_LOCK, work),
    close: () => (closing ??= close()),
  };
}

function addressOf(url: string): string | null {
  const { protocol, host, pathname } = URL.parse(url) ?? {};
  return protocol === 'postgres:' || protocol === 'postgresql:' ? `${protocol}//${host}${pathname}` : null;
}

/** A name that has several addresses fails with one error an address, and none of its own. */
function reasonOf(cause: unknown): string {
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error ? first.message : String(first);
}
