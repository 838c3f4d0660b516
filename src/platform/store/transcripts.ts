/** Transcripts: what was said on a call, line by line. */

import { and, asc, eq, sql } from 'drizzle-orm';
import type { TranscriptLine } from '../voice/call-desk.ts';
import type { Database } from './database.ts';
import { transcriptLines } from './schema.ts';

export class Transcripts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In the order in which it was said. */
  async list(organisationId: string, callId: string): Promise<Required<TranscriptLine>[]> {
    const { id, role, text, atMs, endMs, interrupted, answered, createdAt } = transcriptLines;
    return this.#database
      .select({ id, role, text, atMs, endMs, interrupted, answered })
      .from(transcriptLines)
      .where(and(eq(transcriptLines.organisationId, organisationId), eq(transcriptLines.callId, callId)))
      .orderBy(asc(atMs), asc(createdAt), asc(id));
  }

  /** Writes a line, over an earlier one of the same id. */
  async put(organisationId: string, callId: string, line: TranscriptLine): Promise<void> {
    await this.#database
      .insert(transcriptLines)
      .values({ ...line, organisationId, callId })
      .onConflictDoUpdate({
        target: [transcriptLines.callId, transcriptLines.id],
        set: { ...line },
        setWhere: sql`${transcriptLines.organisationId} = ${organisationId}`,
      });
  }
}
