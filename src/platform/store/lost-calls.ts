/**
 * Calls that nobody will end any more: the node that had them died, or no visitor ever came. Any node may sweep them up,
 * and two at the same time do no harm, since only a call that is still under way is ended.
 */

import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { CALL_FRESH_MS } from '../../protocol/messages.ts';
import type { Database } from './database.ts';
import { assistants, calls } from './schema.ts';
import type { Store } from './store.ts';

/** Beyond its time: for goodbyes, for writes that wait, and for clocks of nodes that differ. */
const GRACE_MS = 60_000;

export class LostCalls {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Ends calls that have been live for longer than their assistant lets a call last. How long they really were nobody
   * knows, so that they have no duration. The answer is how many there were.
   */
  async endLost(now: Date): Promise<number> {
    const longest = sql`make_interval(secs => ${assistants.max_duration_s})`;
    const ended = await this.#database
      .update(calls)
      .set({ endedAt: now, endReason: 'lost' })
      .from(assistants)
      .where(
        and(
          eq(assistants.organisationId, calls.organisationId),
          eq(assistants.id, calls.assistantId),
          isNull(calls.endedAt),
          isNotNull(calls.liveAt),
          sql`${calls.liveAt} + ${longest} < ${before(now)}`,
        ),
      )
      .returning({ id: calls.id });
    return ended.length;
  }

  /** Ends web calls that were created and never went live, once nobody is let in on them any more. */
  async endAbandoned(now: Date): Promise<number> {
    const ended = await this.#database
      .update(calls)
      .set({ endedAt: now, endReason: 'abandoned', durationMs: 0 })
      .where(
        and(
          isNull(calls.endedAt),
          isNull(calls.liveAt),
          eq(calls.type, 'web'),
          lt(calls.createdAt, new Date(now.getTime() - CALL_FRESH_MS - GRACE_MS)),
        ),
      )
      .returning({ id: calls.id });
    return ended.length;
  }
}

/** As a sweep: see `sweeps.ts`. */
export async function endLostCalls(store: Store, now: Date): Promise<number> {
  return (await store.lostCalls.endLost(now)) + (await store.lostCalls.endAbandoned(now));
}

function before(now: Date): string {
  return new Date(now.getTime() - GRACE_MS).toISOString();
}
