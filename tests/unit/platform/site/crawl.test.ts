import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { crawl } from '../../../../src/platform/site/crawl.ts';
import { PAGES, type Answer, serveSite } from './northwind.ts';

const linked = (...paths: readonly string[]): Answer => ({
  body: `<title>t</title><p>Some words.</p>${paths.map((path) => `<a href="${path}">x</a>`).join(' ')}`,
});
const paths = (pages: readonly { url: string }[]): string[] => pages.map(({ url }) => new URL(url).pathname);

describe('crawl', () => {
  it('reads every page that links lead to, each once', async () => {
    await using site = await serveSite((path) => (PAGES[path] === undefined ? undefined : { body: PAGES[path] }));
    const pages = await crawl(`${site.origin}/#top`);
    expect(paths(pages)).toEqual(['/', '/menu.html', '/contact.html']);
    expect([...site.asked].sort()).toEqual(['/', '/contact.html', '/menu.html']);
  });

  it('stays on its origin, even where a redirect leads away', async () => {
    await using other = await serveSite(() => linked());
    await using site = await serveSite((path) =>
      path === '/' ? linked(`${other.origin}/`, '/away', '/moved') : path === '/new' ? linked() : redirect(path),
    );
    const redirect = (path: string): Answer => ({
      status: 302,
      headers: { location: path === '/away' ? `${other.origin}/secret` : '/new' },
      body: '',
    });
    expect(paths(await crawl(site.origin))).toEqual(['/', '/new']);
    expect(other.asked).toEqual([]);
  });

  it('passes over what is missing, no HTML, too large, or redirected in circles', async () => {
    await using site = await serveSite((path) => {
      if (path === '/') return linked('/missing', '/data.json', '/large', '/circle', '/good');
      if (path === '/data.json') return { headers: { 'content-type': 'application/json' }, body: '{}' };
      if (path === '/large') return { body: `<p>${'word '.repeat(10_000)}</p>` };
      if (path === '/circle') return { status: 301, headers: { location: '/circle' }, body: '' };
      return path === '/good' ? linked() : undefined;
    });
    expect(paths(await crawl(site.origin, { maxBytes: 20_000 }))).toEqual(['/', '/good']);
  });

  it('reads no more pages than told, and no more at once', async () => {
    await using site = await serveSite((path) => linked(`${path}a`, `${path}b`, `${path}c`));
    expect(await crawl(site.origin, { maxPages: 7, concurrency: 3 })).toHaveLength(7);
    expect(site.asked).toHaveLength(7);
    expect(site.mostAtOnce).toBeLessThanOrEqual(3);
  });

  it('leaves out a page that is not to be indexed, and follows its links', async () => {
    await using site = await serveSite((path) =>
      path === '/' ? { body: '<meta name="robots" content="noindex"><a href="/a">a</a>' } : linked(),
    );
    expect(paths(await crawl(site.origin))).toEqual(['/a']);
  });

  it('does not wait for ever for a page', async () => {
    // The test says whose time is over, and when: a page that does answer may be slow to do so on this machine.
    const times: AbortController[] = [];
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      times.push(new AbortController());
      return times.at(-1)!.signal;
    });
    const real = globalThis.fetch;
    const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
      const response = await real(url, init);
      // What its head promises never comes.
      if (String(url).endsWith('/slow')) times.find(({ signal }) => signal === init?.signal)!.abort();
      return response;
    });
    onTestFinished(() => {
      timeout.mockRestore();
      fetched.mockRestore();
    });
    await using site = await serveSite((path) =>
      path === '/' ? linked('/slow', '/good') : path === '/slow' ? {} : linked(),
    );
    expect(paths(await crawl(site.origin, { timeoutMs: 200 }))).toEqual(['/', '/good']);
    expect(timeout.mock.calls).toEqual([[200], [200], [200]]);
  });

  it('stops on abort', async () => {
    const abort = new AbortController();
    await using site = await serveSite((path) => {
      if (path === '/') return linked('/slow');
      abort.abort(new Error('enough'));
      return {};
    });
    await expect(crawl(site.origin, { signal: abort.signal })).rejects.toThrow('enough');
  });

  it('throws where there is no site', async () => {
    await using site = await serveSite(() => undefined);
    await expect(crawl(site.origin)).rejects.toThrow('first page');
    await expect(crawl('http://127.0.0.1:1/')).rejects.toThrow('first page');
    await expect(crawl('file:///etc/hosts')).rejects.toThrow(TypeError);
  });
});
