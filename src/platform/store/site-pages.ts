/** What assistants have learned of their sites, so that any node can answer from it. */

import { and, asc, eq, max } from 'drizzle-orm';
import type { Page } from '../site/page.ts';
import type { Database } from './database.ts';
import { assistants, sitePages } from './schema.ts';

export class SitePages {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In place of what was read before, all at once. Of two nodes at the same time, the later one's pages stay. */
  async replace(organisationId: string, assistantId: string, pages: readonly Page[]): Promise<void> {
    const readAt = new Date();
    await this.#database.transaction(async (transaction) => {
      // Without it, another node's new pages would not be seen, and not deleted.
      await transaction
        .select({ id: assistants.id })
        .from(assistants)
        .where(and(eq(assistants.organisationId, organisationId), eq(assistants.id, assistantId)))
        .for('no key update');
      await transaction.delete(sitePages).where(own(organisationId, assistantId));
      if (pages.length === 0) return;
      await transaction
        .insert(sitePages)
        .values(
          pages.map((page, position) => ({ organisationId, assistantId, position, url: page.url, page, readAt })),
        );
    });
  }

  async list(organisationId: string, assistantId: string): Promise<Page[]> {
    const rows = await this.#database
      .select({ page: sitePages.page })
      .from(sitePages)
      .where(own(organisationId, assistantId))
      .orderBy(asc(sitePages.position));
    return rows.map(({ page }) => page);
  }

  /** When they were read; null where none were. Who has read them once need not again until this changes. */
  async readAt(organisationId: string, assistantId: string): Promise<Date | null> {
    const [row] = await this.#database
      .select({ readAt: max(sitePages.readAt) })
      .from(sitePages)
      .where(own(organisationId, assistantId));
    return row?.readAt ?? null;
  }
}

function own(organisationId: string, assistantId: string) {
  return and(eq(sitePages.organisationId, organisationId), eq(sitePages.assistantId, assistantId));
}
