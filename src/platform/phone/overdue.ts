/**
 * Phone calls that nobody waits for any more. When a telephone has rung too long follows from the database, so that any
 * node can tell: the one where it began to ring may be gone.
 */

import { CALL_FRESH_MS } from '../../protocol/messages.ts';
import type { Store } from '../store/store.ts';

/** How long a telephone rings unless told otherwise, in ms. */
export const RINGS_FOR_MS = 30_000;
/** Who has not made a telephone ring by then never will, in ms. */
const QUEUED_FOR_MS = 300_000;

/**
 * Ends, of all organisations, what has rung for `ringsForMs` as `no_answer`, and as `failed` what was picked up without
 * any sound to follow, or never rang. Gives the ids of the calls that it ended. At any time, on any number of nodes.
 *
 * @param now ms since 1970
 */
export function endOverdueRinging(store: Store, now: number, ringsForMs = RINGS_FOR_MS): Promise<string[]> {
  return store.calls.endOverdue({
    queued: new Date(now - QUEUED_FOR_MS),
    ringing: new Date(now - ringsForMs),
    answered: new Date(now - CALL_FRESH_MS),
  });
}
