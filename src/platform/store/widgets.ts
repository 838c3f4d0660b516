/** Widgets: where on a customer's site an assistant can be called, and how that looks. */

import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from './database.ts';
import { isId } from './id.ts';
import { after, fetched, type Listed, ordered, pageOf, type PageRequest } from './listing.ts';
import { widgets } from './schema.ts';

export type Widget = typeof widgets.$inferSelect;
type Insert = typeof widgets.$inferInsert;
export type WidgetFields = Omit<Insert, 'id' | 'organisationId' | 'createdAt' | 'deletedAt'>;

export class Widgets {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Oldest first. */
  async list(organisationId: string, page: PageRequest = {}): Promise<Listed<Widget>> {
    const rows = await this.#database
      .select()
      .from(widgets)
      .where(
        and(
          eq(widgets.organisationId, organisationId),
          isNull(widgets.deletedAt),
          after(widgets, 'oldest first', page.cursor),
        ),
      )
      .orderBy(...ordered(widgets, 'oldest first'))
      .limit(fetched(page));
    return pageOf(rows, page);
  }

  async create(organisationId: string, fields: WidgetFields): Promise<Widget> {
    const [row] = await this.#database
      .insert(widgets)
      .values({ ...fields, organisationId })
      .returning();
    return row!;
  }

  async find(organisationId: string, id: string): Promise<Widget | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database.select().from(widgets).where(own(organisationId, id));
    return row ?? null;
  }

  /** Null where the organisation has no such widget. At least one field must be given. */
  async update(organisationId: string, id: string, changes: Partial<WidgetFields>): Promise<Widget | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database.update(widgets).set(changes).where(own(organisationId, id)).returning();
    return row ?? null;
  }

  /** False where there was nothing to remove. */
  async remove(organisationId: string, id: string): Promise<boolean> {
    if (!isId(id)) return false;
    const gone = await this.#database
      .update(widgets)
      .set({ deletedAt: new Date() })
      .where(own(organisationId, id))
      .returning({ id: widgets.id });
    return gone.length > 0;
  }
}

function own(organisationId: string, id: string) {
  return and(eq(widgets.organisationId, organisationId), eq(widgets.id, id), isNull(widgets.deletedAt));
}
