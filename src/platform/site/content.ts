/**
 * What each assistant can answer from: its site's pages and their index, in memory. Where there is a source, memory only
 * repeats it.
 */

import { type CrawlOptions, crawl } from './crawl.ts';
import { type Hit, SiteIndex } from './index.ts';
import type { Page } from './page.ts';

/** Named in a list of topics: short enough to be heard. */
const LONGEST_TOPIC_WORDS = 3;

/** Where pages are kept for all nodes. */
export interface PageSource {
  /** When an assistant's pages were read; null where there are none. */
  readAt(assistantId: string): Promise<Date | null>;
  list(assistantId: string): Promise<readonly Page[]>;
}

interface Site {
  readonly index: SiteIndex;
  readonly topics: readonly string[];
}

export class SiteContent {
  #sites = new Map<string, Site>();
  #source: PageSource | null;
  /** Which of the source's readings an assistant answers from; those that are being fetched, in turn. */
  #readings = new Map<string, number>();
  #loading = new Map<string, Promise<void>>();

  constructor(source: PageSource | null = null) {
    this.#source = source;
  }

  /** Takes over what the source has, if that is other than before; without a source, nothing. Rejects as it does. */
  prepare(assistantId: string): Promise<void> {
    const source = this.#source;
    if (source === null) return Promise.resolve();
    // One after the other, so that what was read before never takes the place of what was read since.
    const before = this.#loading.get(assistantId) ?? Promise.resolve();
    const loaded = before.catch(() => {}).then(() => this.#load(source, assistantId));
    this.#loading.set(assistantId, loaded);
    const forget = (): void => {
      if (this.#loading.get(assistantId) === loaded) this.#loading.delete(assistantId);
    };
    loaded.then(forget, forget);
    return loaded;
  }

  async #load(source: PageSource, assistantId: string): Promise<void> {
    const readAt = await source.readAt(assistantId);
    if (readAt?.getTime() === this.#readings.get(assistantId)) return;
    this.setPages(assistantId, readAt === null ? [] : await source.list(assistantId));
    if (readAt === null) this.#readings.delete(assistantId);
    else this.#readings.set(assistantId, readAt.getTime());
  }

  /** Replaces what the assistant knew; no pages make it forget. */
  setPages(assistantId: string, pages: readonly Page[]): void {
    if (pages.length === 0) this.#sites.delete(assistantId);
    else this.#sites.set(assistantId, { index: new SiteIndex(pages), topics: topicsOf(pages) });
  }

  /** Crawls, and replaces what the assistant knew; the answer is the number of pages. Throws as `crawl` does. */
  async refresh(assistantId: string, siteUrl: string, options: CrawlOptions = {}): Promise<number> {
    const pages = await crawl(siteUrl, options);
    this.setPages(assistantId, pages);
    return pages.length;
  }

  /** Best first; empty for an assistant without pages. `earlier` is the question before this one. */
  search(assistantId: string, query: string, earlier?: string): Hit[] {
    return this.#sites.get(assistantId)?.index.search(query, earlier) ?? [];
  }

  /** Short headings of its pages, a page after the other in turn. */
  topics(assistantId: string): readonly string[] {
    return this.#sites.get(assistantId)?.topics ?? [];
  }
}

function topicsOf(pages: readonly Page[]): string[] {
  const lists = pages.map(({ sections }) => sections.flatMap(({ heading }) => (isTopic(heading) ? [heading] : [])));
  const topics = new Map<string, string>();
  const longest = Math.max(0, ...lists.map((list) => list.length));
  for (let index = 0; index < longest; index++) {
    for (const list of lists) {
      const topic = list[index];
      if (topic !== undefined && !topics.has(topic.toLowerCase())) topics.set(topic.toLowerCase(), topic);
    }
  }
  return [...topics.values()];
}

function isTopic(heading: string | null): heading is string {
  return heading !== null && heading.split(' ').length <= LONGEST_TOPIC_WORDS && !/[?!.,:]/.test(heading);
}
