/**
 * An Indigenius-compatible platform for your own machine: the REST API over a store. The voice gateway is served
 * beside it (`servePlatform`) and asks the `desk` about its calls.
 */

import { OpenAPIHono } from '@hono/zod-openapi';
import { requireKey } from './api/access.ts';
import { assistants } from './api/assistants.ts';
import { limitBody } from './api/body.ts';
import { calls } from './api/calls.ts';
import type { PlatformEnv } from './api/env.ts';
import { onError, onNotFound } from './api/failure.ts';
import { createHealth } from './api/health.ts';
import { jsonLogger, type Logger } from './api/log.ts';
import { requestLog } from './api/request-log.ts';
import { widgets } from './api/widgets.ts';
import type { PageSource } from './site/content.ts';
import { createCallDesk } from './store/call-desk.ts';
import { createPageSource } from './store/page-source.ts';
import type { Store } from './store/store.ts';
import { sweep } from './sweeps.ts';
import type { CallDesk } from './voice/call-desk.ts';

export interface PlatformOptions {
  readonly store: Store;
  /**
   * Where the world reaches this platform, as `https://voice.example.com`: the host of every `gateway.url`. Without
   * it, the host that a request was sent to, which is right only where nothing stands in front of the platform.
   */
  readonly publicUrl?: string;
  /** One line of JSON an event on standard output, unless told otherwise. */
  readonly logger?: Logger;
}

export interface Platform {
  /** Answers `/v1/...`, `/healthz` and `/readyz`. */
  readonly app: OpenAPIHono<PlatformEnv>;
  /** What the gateway asks about calls. */
  readonly desk: CallDesk;
  readonly logger: Logger;
  /** What the site's pages say, of any assistant: `createLocalVoice({ pages })`. */
  readonly pages: PageSource;
  /** Ends what nobody else will, as calls whose node died. Any node may, as often as it likes; `servePlatform` does. */
  sweep(): Promise<void>;
  /** From now on `/readyz` answers 503: somebody is about to close this. */
  retire(): void;
  /** Closes the store. Safe twice. */
  close(): Promise<void>;
}

/**
 * @throws TypeError for a `publicUrl` that is more, or less, than an http(s) origin.
 *
 * @example
 * ```ts
 * import { createPlatform, openStore, SCOPES } from 'indigenius-widget/platform';
 *
 * const store = await openStore({ folder: null });
 * const { id } = await store.organisations.named('Acme Inc');
 * const { secret } = await store.keys.issue(id, { name: 'example', scopes: SCOPES });
 *
 * const platform = createPlatform({ store, publicUrl: 'https://voice.example.com' });
 * const response = await platform.app.request('/v1/widgets', { headers: { 'X-API-Key': secret } });
 * console.log(await response.json()); // { status: true, message: 'Widgets fetched', data: [], next_cursor: null }
 * await platform.close();
 * ```
 */
export function createPlatform({ store, publicUrl, logger = jsonLogger() }: PlatformOptions): Platform {
  const origin = publicUrl === undefined ? null : originOf(publicUrl);
  const app = new OpenAPIHono<PlatformEnv>();
  app.use(async (c, next) => {
    c.set('store', store);
    c.set('logger', logger);
    c.set('publicOrigin', origin ?? new URL(c.req.url).origin);
    await next();
  });
  app.use(requestLog);
  app.use('/v1/*', requireKey, limitBody);
  app.route('/v1/assistants', assistants);
  app.route('/v1/widgets', widgets);
  app.route('/v1/calls', calls);
  const health = createHealth({ ping: () => store.ping() });
  app.route('/', health.routes);
  app.notFound(onNotFound);
  app.onError(onError);
  return {
    app,
    desk: createCallDesk(store),
    logger,
    pages: createPageSource(store),
    sweep: () => sweep(store, logger),
    retire: () => health.retire(),
    close: () => store.close(),
  };
}

function originOf(publicUrl: string): string {
  const url = new URL(publicUrl);
  if (!/^https?:$/.test(url.protocol) || `${url.origin}/` !== url.href) {
    throw new TypeError(`publicUrl must be an origin such as https://voice.example.com, not ${publicUrl}`);
  }
  return url.origin;
}

export { jsonLogger, silentLogger, type Logger } from './api/log.ts';
export { seed, type Seeded, type SeedOptions } from './seed.ts';
export { type ServeOptions, servePlatform, type Serving, type SocketGateway } from './serve.ts';
export { DatabaseUnreachableError } from './store/database.ts';
export { FolderLockedError } from './store/folder-lock.ts';
export { SCOPES, type Scope } from './store/scopes.ts';
export { openStore, type Store, type StoreOptions } from './store/store.ts';
export { createGateway, type Gateway, type GatewayOptions } from './voice/gateway.ts';
export { createLocalVoice, type LocalVoice, type LocalVoiceOptions } from './voice/local.ts';
