/** What a language model has said of calls that are over. */

import { and, eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { callSummaries } from './schema.ts';

export class CallSummaries {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(organisationId: string, callId: string): Promise<string | null> {
    const { text } = callSummaries;
    const [row] = await this.#database
      .select({ text })
      .from(callSummaries)
      .where(and(eq(callSummaries.organisationId, organisationId), eq(callSummaries.callId, callId)));
    return row?.text ?? null;
  }

  /** The first one stays: another node may have asked at the same time. */
  async put(organisationId: string, callId: string, text: string): Promise<void> {
    await this.#database.insert(callSummaries).values({ organisationId, callId, text }).onConflictDoNothing();
  }
}
