/** The platform's memory: PGlite in a folder of its own, or in memory alone. One module a table. */

import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Assistants } from './assistants.ts';
import { Calls } from './calls.ts';
import { migratedDatabase, type Database } from './database.ts';
import { Feedback } from './feedback.ts';
import { FolderLock } from './folder-lock.ts';
import { Keys } from './keys.ts';
import { Organisations } from './organisations.ts';
import { Transcripts } from './transcripts.ts';
import { Widgets } from './widgets.ts';

export const DEFAULT_FOLDER = '.data';

export interface StoreOptions {
  /** Where the rows live; `.data` unless told otherwise, null for memory alone. */
  readonly folder?: string | null;
}

export class Store {
  readonly organisations: Organisations;
  readonly keys: Keys;
  readonly assistants: Assistants;
  readonly widgets: Widgets;
  readonly calls: Calls;
  readonly transcripts: Transcripts;
  readonly feedback: Feedback;
  readonly #client: PGlite;
  readonly #database: Database;
  readonly #lock: FolderLock | null;

  constructor(client: PGlite, database: Database, lock: FolderLock | null) {
    this.#client = client;
    this.#database = database;
    this.#lock = lock;
    this.organisations = new Organisations(database);
    this.keys = new Keys(database);
    this.assistants = new Assistants(database);
    this.widgets = new Widgets(database);
    this.calls = new Calls(database);
    this.transcripts = new Transcripts(database);
    this.feedback = new Feedback(database);
  }

  /** Resolves when the database answers. */
  async ping(): Promise<void> {
    await this.#database.execute(sql`select 1`);
  }

  /** Writes out what is left and gives the folder free. Safe twice. */
  async close(): Promise<void> {
    if (!this.#client.closed) await this.#client.close();
    await this.#lock?.release();
  }
}

/**
 * Opens the store and brings its tables up to date.
 * @throws FolderLockedError while another process has the folder.
 */
export async function openStore({ folder = DEFAULT_FOLDER }: StoreOptions = {}): Promise<Store> {
  const lock = folder === null ? null : await FolderLock.acquire(folder);
  try {
    const client = await PGlite.create(folder === null ? 'memory://' : await databaseFolder(folder));
    return new Store(client, await migratedDatabase(client), lock);
  } catch (cause) {
    await lock?.release();
    throw cause;
  }
}

// Below the lock's folder, since a new database wants an empty one.
async function databaseFolder(folder: string): Promise<string> {
  const path = join(folder, 'postgres');
  await mkdir(path, { recursive: true });
  return path;
}
