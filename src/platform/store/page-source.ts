/** The pages of any assistant's site, out of the store: whichever node read them, every node answers from them. */

import type { PageSource } from '../site/content.ts';
import type { Store } from './store.ts';

export function createPageSource(store: Store): PageSource {
  return {
    async readAt(assistantId) {
      const organisationId = await store.assistants.organisationOf(assistantId);
      return organisationId === null ? null : store.sitePages.readAt(organisationId, assistantId);
    },
    async list(assistantId) {
      const organisationId = await store.assistants.organisationOf(assistantId);
      return organisationId === null ? [] : store.sitePages.list(organisationId, assistantId);
    },
  };
}
