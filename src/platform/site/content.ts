/** What each assistant has read. In memory: a start reads the site again. */

import { SiteIndex } from './index.ts';
import type { Page } from './page.ts';

export class SiteContent {
  readonly #indexes = new Map<string, SiteIndex>();

  /** Replaces what this assistant has read before. */
  setPages(assistantId: string, pages: readonly Page[]): void {
    this.#indexes.set(assistantId, new SiteIndex(pages));
  }

  /** Null where nothing was read. */
  of(assistantId: string): SiteIndex | null {
    return this.#indexes.get(assistantId) ?? null;
  }
}
