/** What diallers report, written down. A call's id finds its organisation; all else stays within that. */

import type { PhoneDesk } from '../phone/dialler.ts';
import type { Store } from './store.ts';

export function createPhoneDesk(store: Store): PhoneDesk {
  /** False for a call that isn't there. */
  async function within(callId: string, work: (organisationId: string) => Promise<boolean>): Promise<boolean> {
    const organisationId = await store.calls.organisationOf(callId);
    return organisationId !== null && work(organisationId);
  }

  return {
    rings: (callId) => within(callId, (organisationId) => store.calls.rings(organisationId, callId)),
    answered: (callId) =>
      within(callId, async (organisationId) => {
        await store.calls.rings(organisationId, callId);
        return store.calls.answered(organisationId, callId);
      }),
    failed: (callId, reason) =>
      within(callId, (organisationId) => store.calls.unanswered(organisationId, callId, reason)),
  };
}
