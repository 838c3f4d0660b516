/** A whole platform on this machine, by one call: store, first customer, voice, gateway, port. What `npm start` runs. */

import { hostname } from 'node:os';
import type { Summariser } from './analysis/summariser.ts';
import { failureFields } from './api/log.ts';
import { crawl } from './site/crawl.ts';
import {
  createPlatform,
  type Logger,
  openStore,
  seed,
  type ServeOptions,
  servePlatform,
  silentLogger,
} from './platform.ts';
import { createGateway } from './voice/gateway.ts';
import { createLocalVoice } from './voice/local.ts';

export interface LocalPlatformOptions extends Pick<ServeOptions, 'port' | 'host' | 'drainMs' | 'noticeMs'> {
  /** Where the rows live; null for memory. Left alone where there is a `databaseUrl`. */
  readonly folder: string | null;
  /** `postgres://user:password@host:port/database`: a server, which several nodes can share. */
  readonly databaseUrl?: string;
  /** The site whose pages the assistant answers from. */
  readonly siteUrl: string;
  /** As `PlatformOptions` has it. */
  readonly publicUrl?: string;
  /** As `PlatformOptions` has it. */
  readonly trustedProxies?: number;
  readonly logger?: Logger;
  /** Sums up calls; without one, their summaries are made of their own words. */
  readonly summariser?: Summariser;
}

export interface LocalPlatform {
  readonly url: string;
  /** What the proxy calls it by: the same, unless it stands behind something. */
  readonly apiUrl: string;
  /** For this run only: the store has its hash, and a next start issues another. */
  readonly apiKey: string;
  readonly assistantId: string;
  readonly widgetId: string;
  /** Null where another organisation of the store has Northwind's number. */
  readonly phonePurchaseId: string | null;
  /** Calls that are live now. */
  activeCalls(): number;
  /**
   * Reads the site's pages, for all nodes. A site that is down is logged, and the assistant answers from what was read
   * before.
   */
  readSite(): Promise<void>;
  /** Ends the calls and closes everything. Safe twice. */
  close(): Promise<void>;
}

/**
 * @throws FolderLockedError while another process has the folder, DatabaseUnreachableError for a server that can't be
 * reached, and EADDRINUSE for a port that is taken
 */
export async function startLocalPlatform(options: LocalPlatformOptions): Promise<LocalPlatform> {
  const {
    folder,
    databaseUrl,
    siteUrl,
    publicUrl,
    trustedProxies,
    logger = silentLogger,
    summariser,
    ...where
  } = options;
  const onerror = (error: Error): void => logger.error('database connection lost', failureFields(error));
  const store = await openStore(databaseUrl === undefined ? { folder } : { url: databaseUrl, onerror });
  try {
    const seeded = await seed(store, {
      siteUrl,
      allowedOrigins: [new URL(siteUrl).origin],
      // Of several nodes each has a key of its own, which its next start replaces.
      ...(databaseUrl !== undefined && { keyName: `local ${hostname()}:${where.port}` }),
    });
    const platform = createPlatform({
      store,
      logger,
      ...(publicUrl !== undefined && { publicUrl }),
      ...(trustedProxies !== undefined && { trustedProxies }),
      ...(summariser && { summariser }),
    });
    const voice = await createLocalVoice({ pages: platform.pages });
    try {
      const gateway = createGateway({
        desk: platform.desk,
        ears: voice.ears,
        mind: voice.mind,
        mouth: voice.mouth,
        logger,
      });
      const serving = await servePlatform({ ...where, platform, gateway });
      // A name that browsers count as secure, like the site's own.
      const url = `http://localhost:${serving.port}`;
      return {
        ...seeded,
        url: `${url}/`,
        apiUrl: url,
        activeCalls: () => gateway.activeCalls,
        readSite: () =>
          crawl(siteUrl)
            .then(async (pages) => {
              await store.sitePages.replace(seeded.organisationId, seeded.assistantId, pages);
              logger.info('site read', { site: siteUrl, pages: pages.length });
            })
            .catch((cause: unknown) => logger.error('site not read', { site: siteUrl, ...failureFields(cause) })),
        close: () => serving.close().finally(() => voice.close()),
      };
    } catch (cause) {
      await voice.close();
      throw cause;
    }
  } catch (cause) {
    await store.close();
    throw cause;
  }
}
