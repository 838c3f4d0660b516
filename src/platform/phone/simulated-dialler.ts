/** The embedded dialler: calls nobody, and waits for somebody to pick up over the API, as `<simulated-phone>` does. */

import { failureFields, type Logger } from '../api/log.ts';
import type { Store } from '../store/store.ts';
import type { OpenDialler } from './dialler.ts';
import { endOverdueRinging, RINGS_FOR_MS } from './overdue.ts';

export interface SimulatedDiallerOptions {
  readonly store: Store;
  readonly logger: Logger;
  /** How long a telephone rings, in ms; the same on all nodes. 30 s unless told otherwise. */
  readonly ringsForMs?: number;
}

export function simulatedDialler({ store, logger, ringsForMs = RINGS_FOR_MS }: SimulatedDiallerOptions): OpenDialler {
  return (desk) => {
    const timers = new Set<NodeJS.Timeout>();
    const ending = new Set<Promise<void>>();
    let closed = false;

    /** What a node that is gone has left ringing ends with it. */
    const endOverdue = (): void => {
      const work: Promise<void> = endOverdueRinging(store, Date.now(), ringsForMs)
        .then((ids) => {
          for (const call_id of ids) logger.info('phone call unanswered', { call_id });
        })
        .catch((error: unknown) => logger.error('phone calls not ended', failureFields(error)))
        .finally(() => ending.delete(work));
      ending.add(work);
    };

    return {
      ringsForMs,
      simulated: true,
      async dial({ callId }) {
        if (!(await desk.rings(callId)) || closed) return;
        const timer = setTimeout(() => {
          timers.delete(timer);
          endOverdue();
        }, ringsForMs + EARLY_MS);
        // A process that has nothing else to do need not wait for a telephone.
        timer.unref();
        timers.add(timer);
      },
      async close() {
        closed = true;
        for (const timer of timers) clearTimeout(timer);
        timers.clear();
        await Promise.all(ending);
      },
    };
  };
}

/** Timers and the clock of the rows are not the same: one may be this much ahead. */
const EARLY_MS = 2;
