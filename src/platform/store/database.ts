/** The database that every table's module works on, and its migrations, which are applied at start. */

import type { PGlite } from '@electric-sql/pglite';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Database = PgliteDatabase;

// Beside this module, as source and as built.
const MIGRATIONS = join(dirname(fileURLToPath(import.meta.url)), 'migrations');

export async function migratedDatabase(client: PGlite): Promise<Database> {
  const database = drizzle(client);
  await migrate(database, { migrationsFolder: MIGRATIONS });
  return database;
}
