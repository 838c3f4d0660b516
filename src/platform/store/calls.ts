/** Calls: created by the API, moved on by the gateway. */

import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Database } from './database.ts';
import { isId } from './id.ts';
import { assistants, calls, widgets } from './schema.ts';

export type Call = typeof calls.$inferSelect;
type Assistant = typeof assistants.$inferSelect;
type Widget = typeof widgets.$inferSelect;

export interface CallWithParties {
  readonly call: Call;
  readonly assistant: Assistant;
  readonly widget: Widget | null;
}

export class Calls {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first. */
  async list(organisationId: string): Promise<Call[]> {
    return this.#database
      .select()
      .from(calls)
      .where(eq(calls.organisationId, organisationId))
      .orderBy(desc(calls.createdAt), desc(calls.id));
  }

  /** Both parties must be of the organisation; the database refuses others. */
  async create(organisationId: string, parties: { assistantId: string; widgetId: string | null }): Promise<Call> {
    const [row] = await this.#database
      .insert(calls)
      .values({ ...parties, organisationId })
      .returning();
    return row!;
  }

  async find(organisationId: string, id: string): Promise<Call | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database.select().from(calls).where(own(organisationId, id));
    return row ?? null;
  }

  /**
   * Whose call this is. The one question asked without an organisation: a visitor's socket has no key, only the id of
   * its call, which nobody can guess.
   */
  async organisationOf(id: string): Promise<string | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database.select({ of: calls.organisationId }).from(calls).where(eq(calls.id, id));
    return row?.of ?? null;
  }

  /** A call with its assistant and widget, the widget even if it has been deleted since. */
  async findWithParties(organisationId: string, id: string): Promise<CallWithParties | null> {
    if (!isId(id)) return null;
    const [row] = await this.#database
      .select({ call: calls, assistant: assistants, widget: widgets })
      .from(calls)
      .innerJoin(
        assistants,
        and(eq(assistants.organisationId, calls.organisationId), eq(assistants.id, calls.assistantId)),
      )
      .leftJoin(widgets, and(eq(widgets.organisationId, calls.organisationId), eq(widgets.id, calls.widgetId)))
      .where(own(organisationId, id));
    return row ?? null;
  }

  /** Only the first time counts: a call that lost its socket goes live again without being a new one. */
  async wentLive(organisationId: string, id: string): Promise<void> {
    await this.#database
      .update(calls)
      .set({ liveAt: new Date() })
      .where(and(own(organisationId, id), isNull(calls.liveAt)));
  }

  /** Only the first end counts. */
  async ended(organisationId: string, id: string, outcome: { reason: string; durationMs: number }): Promise<void> {
    await this.#database
      .update(calls)
      .set({ endedAt: new Date(), endReason: outcome.reason, durationMs: outcome.durationMs })
      .where(and(own(organisationId, id), isNull(calls.endedAt)));
  }
}

function own(organisationId: string, id: string) {
  return and(eq(calls.organisationId, organisationId), eq(calls.id, id));
}
