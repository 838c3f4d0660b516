/** A whole platform on this machine, by one call: store, first customer, voice, gateway, port. What `npm start` runs. */

import type { Summariser } from './analysis/summariser.ts';
import { crawl } from './site/crawl.ts';
import { createPlatform, type Logger, openStore, seed, servePlatform, silentLogger } from './platform.ts';
import { createGateway } from './voice/gateway.ts';
import { createLocalVoice } from './voice/local.ts';

export interface LocalPlatformOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** Loopback unless told otherwise. */
  readonly host?: string;
  /** Where the rows live; null for memory. */
  readonly folder: string | null;
  /** The site whose pages the assistant answers from. */
  readonly siteUrl: string;
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
  /** Reads the site's pages; a site that is down is logged, and the assistant says what it does not know. */
  readSite(): Promise<void>;
  /** Ends the calls and closes everything. Safe twice. */
  close(): Promise<void>;
}

/** @throws FolderLockedError while another process has the folder, and EADDRINUSE for a port that is taken */
export async function startLocalPlatform(options: LocalPlatformOptions): Promise<LocalPlatform> {
  const { port, host, folder, siteUrl, logger = silentLogger, summariser } = options;
  const store = await openStore({ folder });
  try {
    const seeded = await seed(store, { siteUrl, allowedOrigins: [new URL(siteUrl).origin] });
    const voice = await createLocalVoice();
    try {
      const platform = createPlatform({ store, logger, ...(summariser && { summariser }) });
      const gateway = createGateway({
        desk: platform.desk,
        ears: voice.ears,
        mind: voice.mind,
        mouth: voice.mouth,
        logger,
      });
      const serving = await servePlatform({ platform, gateway, port, ...(host !== undefined && { host }) });
      // A name that browsers count as secure, like the site's own.
      const url = `http://localhost:${serving.port}`;
      return {
        ...seeded,
        url: `${url}/`,
        apiUrl: url,
        activeCalls: () => gateway.activeCalls,
        readSite: async () => {
          const pages = await crawl(siteUrl);
          voice.content.setPages(seeded.assistantId, pages);
          logger.info('site read', { pages: pages.length });
        },
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
