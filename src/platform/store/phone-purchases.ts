/** Telephone numbers that organisations have bought, and which assistant speaks when one of them calls. */

import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from './database.ts';
import { isId } from './id.ts';
import { after, fetched, type Listed, ordered, pageOf, type PageRequest } from './listing.ts';
import { phonePurchases } from './schema.ts';

export type PhonePurchase = typeof phonePurchases.$inferSelect;
export type PhonePurchaseFields = Pick<PhonePurchase, 'assistantId' | 'phoneNumber' | 'provider'>;

export class PhonePurchases {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Oldest first. */
  async list(organisationId: string, page: PageRequest = {}): Promise<Listed<PhonePurchase>> {
    const rows = await this.#database
      .select()
      .from(phonePurchases)
      .where(and(eq(phonePurchases.organisationId, organisationId), after(phonePurchases, 'oldest first', page.cursor)))
      .orderBy(...ordered(phonePurchases, 'oldest first'))
      .limit(fetched(page));
    return pageOf(rows, page);
  }

  /** Null where somebody has registered this number of this provider already. */
  async create(organisationId: string, fields: PhonePurchaseFields): Promise<PhonePurchase | null> {
    const [row] = await this.#database
      .insert(phonePurchases)
      .values({ ...fields, organisationId })
      .onConflictDoNothing({ target: [phonePurchases.provider, phonePurchases.phoneNumber] })
      .returning();
    return row ?? null;
  }

  async find(organisationId: string, id: string): Promise<PhonePurchase | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database
      .select()
      .from(phonePurchases)
      .where(and(eq(phonePurchases.organisationId, organisationId), eq(phonePurchases.id, id)));
    return row ?? null;
  }

  /** Those of the organisation's that have one of these ids, by id. */
  async having(organisationId: string, ids: readonly string[]): Promise<Map<string, PhonePurchase>> {
    const some = [...new Set(ids)].filter(isId);
    if (some.length === 0) return new Map();
    const rows = await this.#database
      .select()
      .from(phonePurchases)
      .where(and(eq(phonePurchases.organisationId, organisationId), inArray(phonePurchases.id, some)));
    return new Map(rows.map((row) => [row.id, row]));
  }
}
