/** Assistants: who answers a call. */

import { and, eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { isId } from './id.ts';
import { after, fetched, type Listed, ordered, pageOf, type PageRequest } from './listing.ts';
import { assistants } from './schema.ts';

export type Assistant = typeof assistants.$inferSelect;
type Insert = typeof assistants.$inferInsert;
export type AssistantFields = Omit<Insert, 'id' | 'organisationId' | 'createdAt'>;
/** Undefined leaves a field as it is. */
export type AssistantChanges = { readonly [Field in keyof AssistantFields]?: AssistantFields[Field] | undefined };

export class Assistants {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Oldest first. */
  async list(organisationId: string, page: PageRequest = {}): Promise<Listed<Assistant>> {
    const rows = await this.#database
      .select()
      .from(assistants)
      .where(and(eq(assistants.organisationId, organisationId), after(assistants, 'oldest first', page.cursor)))
      .orderBy(...ordered(assistants, 'oldest first'))
      .limit(fetched(page));
    return pageOf(rows, page);
  }

  async create(organisationId: string, fields: AssistantFields): Promise<Assistant> {
    const [row] = await this.#database
      .insert(assistants)
      .values({ ...fields, organisationId })
      .returning();
    return row!;
  }

  async find(organisationId: string, id: string): Promise<Assistant | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database.select().from(assistants).where(own(organisationId, id));
    return row ?? null;
  }

  /** Whose assistant this is: for the voice, which has an assistant's id out of the file of its call, and no key. */
  async organisationOf(id: string): Promise<string | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database
      .select({ of: assistants.organisationId })
      .from(assistants)
      .where(eq(assistants.id, id));
    return row?.of ?? null;
  }

  /** Null where the organisation has no such assistant. At least one field must be given. */
  async update(organisationId: string, id: string, changes: AssistantChanges): Promise<Assistant | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database.update(assistants).set(changes).where(own(organisationId, id)).returning();
    return row ?? null;
  }
}

function own(organisationId: string, id: string) {
  return and(eq(assistants.organisationId, organisationId), eq(assistants.id, id));
}
