/** Organisations: whoever owns assistants, widgets and calls. */

import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { organisations } from './schema.ts';

export type Organisation = typeof organisations.$inferSelect;

export class Organisations {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The organisation of this name, created where there is none. */
  async named(name: string): Promise<Organisation> {
    await this.#database.insert(organisations).values({ name }).onConflictDoNothing();
    const [row] = await this.#database.select().from(organisations).where(eq(organisations.name, name));
    return row!;
  }
}
