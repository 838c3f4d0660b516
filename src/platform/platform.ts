/**
 * An Indigenius-compatible platform for your own machine: the REST API over a store. The voice gateway is served
 * beside it (`servePlatform`) and asks the `desk` about its calls.
 */

import { OpenAPIHono } from '@hono/zod-openapi';
import { Summaries } from './analysis/summaries.ts';
import type { Summariser } from './analysis/summariser.ts';
import { requireKey } from './api/access.ts';
import { callAnalysis } from './api/analysis.ts';
import { assistants } from './api/assistants.ts';
import { limitBody } from './api/body.ts';
import { calls } from './api/calls.ts';
import { clientAddress } from './api/client-address.ts';
import { serveDocs } from './api/docs.ts';
import type { PlatformEnv } from './api/env.ts';
import { onError, onNotFound } from './api/failure.ts';
import { createHealth } from './api/health.ts';
import { keys } from './api/keys.ts';
import { jsonLogger, type Logger } from './api/log.ts';
import { describeApi } from './api/openapi.ts';
import { pages } from './api/pages.ts';
import { phoneCalls } from './api/phone-calls.ts';
import { phonePurchases } from './api/phone-purchases.ts';
import { requestLog } from './api/request-log.ts';
import { transcripts } from './api/transcripts.ts';
import { widgets } from './api/widgets.ts';
import type { OpenDialler } from './phone/dialler.ts';
import { endOverdueRinging } from './phone/overdue.ts';
import { simulatedDialler } from './phone/simulated-dialler.ts';
import type { PageSource } from './site/content.ts';
import { createCallDesk } from './store/call-desk.ts';
import { createPageSource } from './store/page-source.ts';
import { createPhoneDesk } from './store/phone-desk.ts';
import type { Store } from './store/store.ts';
import { sweep, SWEEPS, type Sweeps } from './sweeps.ts';
import type { CallDesk } from './voice/call-desk.ts';

export interface PlatformOptions {
  readonly store: Store;
  /**
   * Where the world reaches this platform, as `https://voice.example.com`: the host of every `gateway.url`. Without
   * it, the host that a request was sent to, which is right only where nothing stands in front of the platform.
   */
  readonly publicUrl?: string;
  /** Who makes telephones ring: a simulated one that is answered on `/docs`, unless told otherwise. */
  readonly dialler?: OpenDialler;
  /**
   * How many proxies of your own stand before this platform and append to `X-Forwarded-For`: a caller's address is what
   * the outermost of them saw. None unless told otherwise. What callers write into that header themselves stands left
   * of theirs, so that too high a number lets a caller choose an address that a key allows.
   */
  readonly trustedProxies?: number;
  /** One line of JSON an event on standard output, unless told otherwise. */
  readonly logger?: Logger;
  /** Sums up calls that are over; without one, a summary is made of a call's own words. */
  readonly summariser?: Summariser;
}

export interface Platform {
  /** Answers `/v1/...`, `/openapi.json`, `/docs`, `/healthz`, `/readyz` and, at `/`, the dashboard. */
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
  /** Closes the dialler and the store. Safe twice. */
  close(): Promise<void>;
}

/**
 * @throws TypeError for a `publicUrl` that is more, or less, than an http(s) origin, and for a number of proxies that is
 * none.
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
export function createPlatform(options: PlatformOptions): Platform {
  const { store, publicUrl, trustedProxies = 0, dialler: open, logger = jsonLogger(), summariser = null } = options;
  if (!Number.isInteger(trustedProxies) || trustedProxies < 0) {
    throw new TypeError(`trustedProxies must be a number of proxies, not ${trustedProxies}`);
  }
  const summaries = new Summaries(store, summariser, logger);
  const origin = publicUrl === undefined ? null : originOf(publicUrl);
  const dialler = (open ?? simulatedDialler({ store, logger }))(createPhoneDesk(store));
  const sweeps: Sweeps = {
    ...SWEEPS,
    'phones unanswered': async (rows, now) => (await endOverdueRinging(rows, now.getTime(), dialler.ringsForMs)).length,
  };
  const app = new OpenAPIHono<PlatformEnv>();
  app.use(async (c, next) => {
    c.set('store', store);
    c.set('dialler', dialler);
    c.set('logger', logger);
    c.set('summaries', summaries);
    c.set('publicOrigin', origin ?? new URL(c.req.url).origin);
    c.set('clientAddress', clientAddress(c.req.raw, c.env, trustedProxies));
    await next();
  });
  app.use(requestLog);
  app.use('/v1/*', requireKey, limitBody);
  app.route('/v1/auth', keys);
  app.route('/v1/assistants', assistants);
  app.route('/v1/widgets', widgets);
  app.route('/v1/calls', calls);
  app.route('/v1/calls', transcripts);
  app.route('/v1/calls', callAnalysis);
  app.route('/v1/calls', phoneCalls);
  app.route('/v1/phone-purchases', phonePurchases);
  describeApi(app);
  serveDocs(app);
  const health = createHealth({ ping: () => store.ping() });
  app.route('/', health.routes);
  app.route('/', pages());
  app.notFound(onNotFound);
  app.onError(onError);
  return {
    app,
    desk: createCallDesk(store),
    logger,
    pages: createPageSource(store),
    sweep: () => sweep(store, logger, new Date(), sweeps),
    retire: () => health.retire(),
    close: () => dialler.close().finally(() => store.close()),
  };
}

function originOf(publicUrl: string): string {
  const url = new URL(publicUrl);
  if (!/^https?:$/.test(url.protocol) || `${url.origin}/` !== url.href) {
    throw new TypeError(`publicUrl must be an origin such as https://voice.example.com, not ${publicUrl}`);
  }
  return url.origin;
}

export { chatSummariser, type ChatServer } from './analysis/chat-summariser.ts';
export type { Summariser, SummaryRequest } from './analysis/summariser.ts';
export { jsonLogger, silentLogger, type Logger } from './api/log.ts';
export type { Dialler, OpenDialler, OutboundCall, PhoneDesk, Unreached } from './phone/dialler.ts';
export { endOverdueRinging } from './phone/overdue.ts';
export { simulatedDialler, type SimulatedDiallerOptions } from './phone/simulated-dialler.ts';
export { seed, type Seeded, type SeedOptions } from './seed.ts';
export { type ServeOptions, servePlatform, type Serving, type SocketGateway } from './serve.ts';
export { DatabaseUnreachableError } from './store/database.ts';
export { FolderLockedError } from './store/folder-lock.ts';
export { SCOPES, type Scope } from './store/scopes.ts';
export { openStore, type Store, type StoreOptions } from './store/store.ts';
export { createGateway, type Gateway, type GatewayOptions } from './voice/gateway.ts';
export { createLocalVoice, type LocalVoice, type LocalVoiceOptions } from './voice/local.ts';
