/**
 * What any node does every minute, for all: ends what nobody else will. Each sweep is safe to run on several nodes at
 * the same time.
 */

import { failureFields, type Logger } from './api/log.ts';
import { endLostCalls } from './store/lost-calls.ts';
import type { Store } from './store/store.ts';

/** The answer is how many rows it ended. */
export type Sweep = (store: Store, now: Date) => Promise<number>;

/** By the event that is logged when one has found something. */
export type Sweeps = Readonly<Record<string, Sweep>>;

export const SWEEPS: Sweeps = {
  'calls lost': endLostCalls,
};

/** One that fails is logged, and keeps no other from its work. */
export async function sweep(store: Store, logger: Logger, now = new Date(), sweeps = SWEEPS): Promise<void> {
  for (const [event, each] of Object.entries(sweeps)) {
    try {
      const ended = await each(store, now);
      if (ended > 0) logger.info(event, { ended });
    } catch (cause) {
      logger.error('sweep failed', { sweep: event, ...failureFields(cause) });
    }
  }
}
