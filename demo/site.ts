/**
 * The sample customer site as a server: the built pages, the widget's script beside them, and the proxy on the same
 * origin. What a real customer's web server does, and no more.
 */

import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

export interface SiteOptions {
  /** The folder that `npm run build` wrote. */
  readonly dist: string;
  /** Fills `%WIDGET_ID%` in the pages. */
  readonly widgetId: string;
  /** Answers under `proxyPath`. */
  readonly proxy: { fetch(request: Request, env?: unknown): Response | Promise<Response> };
  readonly proxyPath: string;
}

/**
 * @throws Error where nothing has been built
 * @example
 * const site = await createSite({ dist: 'dist', widgetId, proxy: createProxy({ apiKey, apiUrl }), proxyPath: '/indigenius' });
 * serve({ fetch: site.fetch, port: 5173 });
 */
export async function createSite({ dist, widgetId, proxy, proxyPath }: SiteOptions): Promise<Hono> {
  const pages = join(dist, 'site');
  const names = globSync('**/*.html', { cwd: pages });
  if (names.length === 0) throw new Error(`No pages in ${pages}: run "npm run build" first.`);

  const app = new Hono();
  app.all(`${proxyPath}/*`, (c) => proxy.fetch(c.req.raw, c.env));
  for (const name of names) {
    const html = (await readFile(join(pages, name), 'utf8')).replaceAll('%WIDGET_ID%', widgetId);
    app.get(`/${name}`, (c) => c.html(html));
    if (name === 'index.html') app.get('/', (c) => c.html(html));
  }
  app.use('*', serveStatic({ root: pages }));
  app.use('*', serveStatic({ root: dist }));
  return app;
}
