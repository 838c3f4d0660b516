/**
 * The database that every table's module works on: PostgreSQL itself, or PGlite, which is PostgreSQL in this process.
 * Migrations are applied when it is opened, by one node at a time.
 */

import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Database = PgDatabase<PgQueryResultHKT>;

export interface OpenDatabase {
  readonly database: Database;
  /** Lets queries that are under way finish. Safe twice. */
  close(): Promise<void>;
}

// Beside this module, as source and as built.
const MIGRATIONS = { migrationsFolder: join(dirname(fileURLToPath(import.meta.url)), 'migrations') };
/** What nodes that start together wait for: one of them migrates, the others find it done. */
const MIGRATION_LOCK = 0x1d16e;
const MAX_CONNECTIONS = 10;
const CONNECT_WITHIN_MS = 10_000;

/** @param path a folder, or `memory://` */
export async function openPglite(path: string): Promise<OpenDatabase> {
  const { drizzle } = await import('drizzle-orm/pglite');
  const { migrate } = await import('drizzle-orm/pglite/migrator');
  const client = await PGlite.create(path);
  const database = drizzle(client);
  await migrate(database, MIGRATIONS);
  return {
    database: database as unknown as Database,
    async close() {
      if (!client.closed) await client.close();
    },
  };
}

/**
 * @param url `postgres://user:password@host:port/database`
 * @param onerror told of a connection that broke while nobody used it; the next query opens another
 */
export async function openPostgres(url: string, onerror: (error: Error) => void): Promise<OpenDatabase> {
  const { Pool } = (await import('pg')).default;
  const { drizzle } = await import('drizzle-orm/node-postgres');
  const { migrate } = await import('drizzle-orm/node-postgres/migrator');
  const pool = new Pool({ connectionString: url, max: MAX_CONNECTIONS, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  pool.on('error', onerror);
  try {
    const client = await pool.connect();
    try {
      const one = drizzle(client);
      await one.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
      try {
        await migrate(one, MIGRATIONS);
      } finally {
        await one.execute(sql`select pg_advisory_unlock(${MIGRATION_LOCK})`);
      }
    } finally {
      client.release();
    }
  } catch (cause) {
    await pool.end();
    throw cause;
  }
  let closing: Promise<void> | null = null;
  return { database: drizzle(pool) as unknown as Database, close: () => (closing ??= pool.end()) };
}
