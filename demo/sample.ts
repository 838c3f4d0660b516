/**
 * Everything that a conversation needs, on one machine: the sample customer site with its proxy, and (unless an
 * Indigenius API is named) the platform that answers, with its voice.
 */

import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import type { Summariser } from '../src/platform/analysis/summariser.ts';
import { type LocalPlatform, startLocalPlatform } from '../src/platform/local-platform.ts';
import { createProxy } from '../src/proxy/proxy.ts';
import { createSite } from './site.ts';

export interface SampleOptions {
  /** 0 for any free port, here and below. */
  readonly port: number;
  readonly platformPort: number;
  /** Where the platform keeps its rows; null for memory. */
  readonly folder: string | null;
  /** A PostgreSQL server for them instead. */
  readonly databaseUrl?: string;
  /** What the local platform sums up calls by. */
  readonly summariser?: Summariser;
  /** An Indigenius platform elsewhere; then no local one is started. */
  readonly indigenius?: { readonly apiKey: string; readonly apiUrl: string; readonly widgetId: string };
  readonly callsPerMinute?: number;
}

export interface Sample {
  readonly site: string;
  readonly proxy: string;
  readonly platform: string;
  /** Of the local platform, issued for this run; null where the platform is elsewhere. */
  readonly apiKey: string | null;
  readonly assistantId: string | null;
  readonly widgetId: string;
  readonly phonePurchaseId: string | null;
  /** Calls that are live on the local platform. */
  activeCalls(): number;
  /** Ends the calls and closes everything. Safe twice. */
  close(): Promise<void>;
}

const PROXY_PATH = '/indigenius';

/** The banner is for people; what goes wrong still is for the log. */
const logger = {
  info() {},
  error: (event: string, fields?: object): void => console.error(JSON.stringify({ level: 'error', event, ...fields })),
};

/** @throws where nothing was built, a port is taken, another process has the folder, or the database can't be reached */
export async function startSample(options: SampleOptions): Promise<Sample> {
  const { port, platformPort, folder, databaseUrl, summariser, indigenius, callsPerMinute } = options;
  // The port comes first: the platform must know where the site is, and the site where the platform is.
  let answer: (request: Request, env: unknown) => Response | Promise<Response> = () =>
    new Response(null, { status: 503 });
  const server = createAdaptorServer({ fetch: (request, env) => answer(request, env) });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', resolve);
  });
  const site = `http://localhost:${(server.address() as AddressInfo).port}/`;
  const closeServer = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      if ('closeAllConnections' in server) server.closeAllConnections();
    });

  let local: LocalPlatform | null = null;
  try {
    if (!indigenius) {
      local = await startLocalPlatform({
        port: platformPort,
        folder,
        siteUrl: site,
        logger,
        ...(databaseUrl !== undefined && { databaseUrl }),
        ...(summariser && { summariser }),
      });
    }
    const { apiKey, apiUrl, widgetId } = indigenius ?? local!;
    const proxy = createProxy({
      apiKey,
      apiUrl,
      basePath: PROXY_PATH,
      logger,
      ...(callsPerMinute !== undefined && { limits: { callsPerMinute } }),
    });
    const app = await createSite({
      dist: join(import.meta.dirname, '../dist'),
      widgetId,
      proxy,
      proxyPath: PROXY_PATH,
    });
    answer = (request, env) => app.fetch(request, env as object);
    await local?.readSite();
    return {
      site,
      proxy: `${site.slice(0, -1)}${PROXY_PATH}`,
      platform: indigenius ? indigenius.apiUrl : local!.url,
      apiKey: local?.apiKey ?? null,
      assistantId: local?.assistantId ?? null,
      widgetId,
      phonePurchaseId: local?.phonePurchaseId ?? null,
      activeCalls: () => local?.activeCalls() ?? 0,
      close: async () => {
        await local?.close();
        await closeServer();
      },
    };
  } catch (error) {
    await local?.close();
    await closeServer();
    throw error;
  }
}
