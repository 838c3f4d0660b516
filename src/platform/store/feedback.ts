/** Feedback: how visitors rated their calls. */

import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { feedback } from './schema.ts';

export interface Rating {
  /** 1 to 5. */
  readonly rating: number;
  readonly comment: string | null;
}

export class Feedback {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(organisationId: string, callId: string): Promise<Rating | null> {
    const [row] = await this.#database
      .select({ rating: feedback.rating, comment: feedback.comment })
      .from(feedback)
      .where(and(eq(feedback.organisationId, organisationId), eq(feedback.callId, callId)));
    return row ?? null;
  }

  /** Writes a call's rating, over an earlier one. */
  async put(organisationId: string, callId: string, { rating, comment }: Rating): Promise<void> {
    await this.#database
      .insert(feedback)
      .values({ organisationId, callId, rating, comment })
      .onConflictDoUpdate({
        target: feedback.callId,
        set: { rating, comment },
        setWhere: sql`${feedback.organisationId} = ${organisationId}`,
      });
  }
}
