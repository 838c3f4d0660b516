/** How often keys are used: counted in the database, so that a limit holds over all nodes. */

import { eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { keyUses } from './schema.ts';

const SPAN_MS = { minute: 60_000, hour: 3_600_000 } as const;
export type Span = keyof typeof SPAN_MS;

export interface Use {
  /** In the present span, this one included. */
  readonly uses: number;
  /** When the present span ends and counting begins anew. */
  readonly endsAt: Date;
}

export class KeyUses {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Counts one use of a key. Spans are those of the clock: a minute begins with its second 0. */
  async count(organisationId: string, keyId: string, span: Span, now = new Date()): Promise<Use> {
    const startedAt = new Date(Math.floor(now.getTime() / SPAN_MS[span]) * SPAN_MS[span]);
    const [row] = await this.#database
      .insert(keyUses)
      .values({ organisationId, keyId, span, startedAt, uses: 1 })
      .onConflictDoUpdate({
        target: [keyUses.keyId, keyUses.span],
        set: {
          // A node whose clock is behind counts in the span that has begun.
          startedAt: sql`greatest(${keyUses.startedAt}, excluded.started_at)`,
          uses: sql`case when ${keyUses.startedAt} >= excluded.started_at then ${keyUses.uses} + 1 else 1 end`,
        },
        setWhere: eq(keyUses.organisationId, organisationId),
      })
      .returning({ uses: keyUses.uses, startedAt: keyUses.startedAt });
    return { uses: row!.uses, endsAt: new Date(row!.startedAt.getTime() + SPAN_MS[span]) };
  }
}
