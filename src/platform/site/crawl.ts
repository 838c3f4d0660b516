/** Reads a site's pages from a start address: the same origin only, within limits, a few at a time. */

import { type Page, readPage } from './page.ts';

export interface CrawlOptions {
  /** Pages asked for at most, failed ones included; 50 unless told otherwise. */
  readonly maxPages?: number;
  /** Of one page; a larger one is passed over. 1 MB unless told otherwise. */
  readonly maxBytes?: number;
  /** For one page; 10 s unless told otherwise. */
  readonly timeoutMs?: number;
  /** Requests at the same time; 2 unless told otherwise. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
}

const MAX_REDIRECTS = 5;

/**
 * Pages in the order they were found. One that fails, is too large or is no HTML is passed over, but for the first.
 *
 * @throws TypeError for a start that is no http(s) address; Error where the first page can't be read; on abort, the
 * signal's reason.
 *
 * @example
 * ```ts
 * content.setPages(assistantId, await crawl('https://northwind.example/'));
 * ```
 */
export async function crawl(startUrl: string, options: CrawlOptions = {}): Promise<Page[]> {
  const { maxPages = 50, concurrency = 2, signal } = options;
  const start = new URL(startUrl);
  if (!/^https?:$/.test(start.protocol)) throw new TypeError(`A site has an http(s) address, not ${startUrl}`);
  start.hash = '';
  const found = [start.href];
  const known = new Set(found);
  const pages: (Page | null)[] = [];

  const visit = async (index: number): Promise<void> => {
    const url = found[index]!;
    const fetched = await fetchPage(url, start.origin, options).catch((cause: unknown) => {
      if (index === 0) throw new Error(`The site's first page could not be read: ${url}`, { cause });
      return null;
    });
    if (fetched === null && index === 0) throw new Error(`The site's first page is no HTML page of its own: ${url}`);
    // Two addresses that lead to one page are one page.
    if (fetched === null || (fetched.url !== url && known.has(fetched.url))) return;
    known.add(fetched.url);
    const { page, links } = readPage(fetched.html, fetched.url);
    pages[index] = page;
    for (const link of links) {
      if (known.has(link) || new URL(link).origin !== start.origin) continue;
      known.add(link);
      found.push(link);
    }
  };

  signal?.throwIfAborted();
  await visit(0);
  for (let next = 1; next < Math.min(found.length, maxPages);) {
    const end = Math.min(found.length, maxPages, next + concurrency);
    const batch: Promise<void>[] = [];
    while (next < end) batch.push(visit(next++));
    await Promise.all(batch);
    signal?.throwIfAborted();
  }
  return pages.filter((page) => page !== undefined && page !== null);
}

interface Fetched {
  readonly url: string;
  readonly html: string;
}

/** Null for what is no page of this site. */
async function fetchPage(url: string, origin: string, options: CrawlOptions): Promise<Fetched | null> {
  const { maxBytes = 1_000_000, timeoutMs = 10_000 } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  let address = url;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    // By hand, so that no redirect leads to another origin, not even for one request.
    const response = await fetch(address, { redirect: 'manual', signal, headers: { accept: 'text/html' } });
    const target = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (target === null) return await readHtml(response, address, maxBytes);
    await response.body?.cancel();
    const redirected = new URL(target, address);
    redirected.hash = '';
    if (redirected.origin !== origin) return null;
    address = redirected.href;
  }
  return null;
}

async function readHtml(response: Response, url: string, maxBytes: number): Promise<Fetched | null> {
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok || response.body === null || !/^(?:text\/html|application\/xhtml\+xml)\b/i.test(type)) {
    await response.body?.cancel();
    return null;
  }
  const decoder = new TextDecoder(/charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8');
  let html = '';
  let bytes = 0;
  // Leaving the loop early cancels the body.
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    html += decoder.decode(chunk, { stream: true });
  }
  return { url, html: html + decoder.decode() };
}
