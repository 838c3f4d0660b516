/** Reads a site's pages, as a visitor without scripts would see them: same origin only, politely, and not for ever. */

import { parse } from 'node-html-parser';
import { type Page, pageOf } from './page.ts';

export interface CrawlOptions {
  /** 50 unless told otherwise. */
  readonly maxPages?: number;
  /** A larger page is passed over, in bytes; 1 MiB unless told otherwise. */
  readonly maxBytes?: number;
  /** For all pages together, in ms; 30 s unless told otherwise. What has been read by then is returned. */
  readonly withinMs?: number;
  readonly signal?: AbortSignal;
}

/** Pages asked for at the same time. */
const AT_ONCE = 4;

/**
 * Every page that links lead to from `start`, itself first.
 *
 * @throws Error where the start page can't be read; other pages that can't be are passed over
 */
export async function crawl(start: string, options: CrawlOptions = {}): Promise<Page[]> {
  const { maxPages = 50, maxBytes = 1024 * 1024, withinMs = 30_000, signal } = options;
  const limit = AbortSignal.any([AbortSignal.timeout(withinMs), ...(signal ? [signal] : [])]);
  const { origin } = new URL(start);
  const pages: Page[] = [];
  const seen = new Set([addressOf(start)]);
  const waiting = [addressOf(start)];

  const visit = async (url: string): Promise<void> => {
    const first = url === addressOf(start);
    let html: string | null;
    try {
      html = await fetchHtml(url, origin, maxBytes, limit);
    } catch (cause) {
      if (first) throw new Error(`The site's first page could not be read: ${url}`, { cause });
      return;
    }
    if (html === null) {
      if (first) throw new Error(`The site's first page is no HTML page of its own: ${url}`);
      return;
    }
    const root = parse(html);
    const page = pageOf(url, root);
    if (page) pages.push(page);
    for (const anchor of root.querySelectorAll('a[href]')) {
      const href = anchor.getAttribute('href')!;
      if (!URL.canParse(href, url)) continue;
      const link = addressOf(new URL(href, url).href);
      if (new URL(link).origin !== origin || seen.has(link) || seen.size >= maxPages) continue;
      seen.add(link);
      waiting.push(link);
    }
  };

  while (waiting.length > 0 && !limit.aborted) await Promise.all(waiting.splice(0, AT_ONCE).map(visit));
  signal?.throwIfAborted();
  return pages;
}

/** Without the fragment: that is a place on a page, and no page. */
function addressOf(url: string): string {
  const address = new URL(url);
  address.hash = '';
  return address.href;
}

/** Null for what is no HTML page of this origin, or is too big. */
async function fetchHtml(url: string, origin: string, maxBytes: number, signal: AbortSignal): Promise<string | null> {
  const response = await fetch(url, { signal, headers: { Accept: 'text/html' } });
  const isHtml = (response.headers.get('Content-Type') ?? '').includes('text/html');
  if (!response.ok || !isHtml || !response.body || new URL(response.url).origin !== origin) {
    await response.body?.cancel();
    return null;
  }
  const decoder = new TextDecoder();
  let html = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    html += decoder.decode(chunk, { stream: true });
  }
  return html;
}
