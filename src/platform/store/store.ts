/** The platform's memory: PostgreSQL, or PGlite in a folder of its own or in memory alone. One module a table. */

import { sql } from 'drizzle-orm';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Assistants } from './assistants.ts';
import { CallSummaries } from './call-summaries.ts';
import { Calls } from './calls.ts';
import { type OpenDatabase, openPglite, openPostgres } from './database.ts';
import { Feedback } from './feedback.ts';
import { FolderLock } from './folder-lock.ts';
import { KeyUses } from './key-uses.ts';
import { Keys } from './keys.ts';
import { LostCalls } from './lost-calls.ts';
import { Organisations } from './organisations.ts';
import { PhonePurchases } from './phone-purchases.ts';
import { SitePages } from './site-pages.ts';
import { Transcripts } from './transcripts.ts';
import { Widgets } from './widgets.ts';

export const DEFAULT_FOLDER = '.data';

export interface StoreOptions {
  /** Where the rows live; `.data` unless told otherwise, null for memory alone. Of no meaning with a `url`. */
  readonly folder?: string | null;
  /** `postgres://user:password@host:port/database`: a server, which several nodes can share. */
  readonly url?: string;
  /** Told of a connection to the server that broke while nobody used it; the next query opens another. */
  readonly onerror?: (error: Error) => void;
}

export class Store {
  readonly organisations: Organisations;
  readonly keys: Keys;
  readonly keyUses: KeyUses;
  readonly assistants: Assistants;
  readonly sitePages: SitePages;
  readonly widgets: Widgets;
  readonly phonePurchases: PhonePurchases;
  readonly calls: Calls;
  readonly lostCalls: LostCalls;
  readonly transcripts: Transcripts;
  readonly feedback: Feedback;
  readonly callSummaries: CallSummaries;
  readonly #open: OpenDatabase;
  readonly #lock: FolderLock | null;

  constructor(open: OpenDatabase, lock: FolderLock | null) {
    this.#open = open;
    this.#lock = lock;
    const { database } = open;
    this.organisations = new Organisations(database);
    this.keys = new Keys(database);
    this.keyUses = new KeyUses(database);
    this.assistants = new Assistants(database);
    this.sitePages = new SitePages(database);
    this.widgets = new Widgets(database);
    this.phonePurchases = new PhonePurchases(database);
    this.calls = new Calls(database);
    this.lostCalls = new LostCalls(database);
    this.transcripts = new Transcripts(database);
    this.feedback = new Feedback(database);
    this.callSummaries = new CallSummaries(database);
  }

  /** Resolves when the database answers. */
  async ping(): Promise<void> {
    await this.#open.database.execute(sql`select 1`);
  }

  /** Does work that only one node may do at a time: others that come with any such work wait. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#open.alone(work);
  }

  /** Writes out what is left and gives the folder free. Safe twice. */
  async close(): Promise<void> {
    await this.#open.close();
    await this.#lock?.release();
  }
}

/**
 * Opens the store and brings its tables up to date.
 * @throws FolderLockedError while another process has the folder, and DatabaseUnreachableError for a server that can't
 * be reached.
 */
export async function openStore({ folder = DEFAULT_FOLDER, url, onerror }: StoreOptions = {}): Promise<Store> {
  if (url !== undefined) return new Store(await openPostgres(url, onerror ?? (() => {})), null);
  if (folder === null) return new Store(await openPglite('memory://'), null);
  const lock = await FolderLock.acquire(folder);
  try {
    return new Store(await openPglite(await databaseFolder(folder)), lock);
  } catch (cause) {
    await lock.release();
    throw cause;
  }
}

// Below the lock's folder, since a new database wants an empty one.
async function databaseFolder(folder: string): Promise<string> {
  const path = join(folder, 'postgres');
  await mkdir(path, { recursive: true });
  return path;
}
