/**
 * The server between a page and the Indigenius API: it holds the API key, which no browser may see, and asks for a call
 * only where the widget's owner allows the page to. A fetch-standard handler; `node.ts` serves it on Node.
 */

import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { originAllowed } from '../protocol/origins.ts';
import type { WidgetResponse } from '../protocol/rest.ts';
import { type ClientAddress, nodeAddress } from './client-address.ts';
import { crossOrigin } from './cross-origin.ts';
import { answerFailure, ProxyFailure } from './failure.ts';
import { isObject, type KnownWidget } from './known-widget.ts';
import { consoleLogger, failureFields, type ProxyLogger } from './log.ts';
import { type Limits, RateLimit } from './rate-limit.ts';
import { Upstream } from './upstream.ts';
import { WIDGET_FRESH_S, WidgetCache } from './widget-cache.ts';

export type { ClientAddress } from './client-address.ts';
export type { ProxyLogFields, ProxyLogger } from './log.ts';
export type { Limits } from './rate-limit.ts';

export interface ProxyOptions {
  /** With the scopes `widgets:read` and `widgets:write`. */
  readonly apiKey: string;
  /** `https://api.indigenius.ai` unless told otherwise. */
  readonly apiUrl?: string;
  /** Where the proxy answers. `/indigenius` unless told otherwise. */
  readonly basePath?: string;
  /**
   * Which visitor a request comes from; the socket's address on Node unless told otherwise. Other runtimes name it in a
   * header or in `env`. An empty string is nobody in particular, with whom all such share one limit.
   */
  readonly clientAddress?: ClientAddress;
  readonly limits?: Limits;
  /** Then pages on localhost must be among a widget's `allowed_origins` too. */
  readonly production?: boolean;
  /** Lines of JSON on the console unless told otherwise. */
  readonly logger?: ProxyLogger;
  /** What reaches the platform; the runtime's own unless told otherwise. */
  readonly fetch?: typeof fetch;
  /** How long the platform may take to answer, in ms. */
  readonly upstreamTimeoutMs?: number;
}

const MAX_BODY_BYTES = 16 * 1024;
/** No path or query can be written with these. */
const WIDGET_ID = /^[\w-]{1,64}$/;

/**
 * Answers `GET {basePath}/widgets/{id}` and `POST {basePath}/create-call`.
 *
 * @throws Error where key or URL can't be used
 * @example
 * import { createProxy } from 'indigenius-widget/proxy';
 *
 * const proxy = createProxy({ apiKey: process.env.INDIGENIUS_API_KEY });
 * export default { fetch: proxy.fetch };
 */
export function createProxy({
  apiKey,
  apiUrl = 'https://api.indigenius.ai',
  basePath = '/indigenius',
  clientAddress = nodeAddress(),
  limits = {},
  production = false,
  logger = consoleLogger,
  fetch = (...request) => globalThis.fetch(...request),
  upstreamTimeoutMs: timeoutMs = 8_000,
}: ProxyOptions): Hono {
  const upstream = new Upstream({ apiKey, apiUrl, logger, fetch, timeoutMs });
  const widgets = new WidgetCache((id) => upstream.widget(id));
  const callLimit = new RateLimit(limits.callsPerMinute ?? 10);
  const widgetLimit = new RateLimit(limits.widgetsPerMinute ?? 120);
  /** The API's own origin, until a call shows where sockets really go. */
  let gatewayOrigin = upstream.origin;
  let toldOfNobody = false;

  function addressOf(c: Context): string {
    const address = clientAddress(c.req.raw, c.env);
    if (address === '' && !toldOfNobody) {
      toldOfNobody = true;
      logger.error('visitors share one limit', { remedy: 'Give createProxy a clientAddress for this runtime.' });
    }
    return address;
  }

  /** @throws ProxyFailure where there is no such widget, or it is not for this page */
  async function widgetFor(id: string, origin: string | undefined): Promise<KnownWidget> {
    if (!WIDGET_ID.test(id)) throw new ProxyFailure('bad_request', { message: 'That is no id of a widget.' });
    const widget = await widgets.get(id);
    if (origin !== undefined && !originAllowed(origin, widget.allowedOrigins, production)) {
      throw new ProxyFailure('origin_refused');
    }
    return widget;
  }

  const app = new Hono().basePath(basePath);
  app.use('*', crossOrigin);

  app.get('/widgets/:id', async (c) => {
    await widgetLimit.take(addressOf(c));
    // A page of the proxy's own origin sends no Origin with a GET.
    const widget = await widgetFor(c.req.param('id'), c.req.header('Origin'));
    // As fresh as the proxy's own memory; private, since the answer depends on who asks.
    c.header('Cache-Control', `private, max-age=${WIDGET_FRESH_S}`);
    return c.json({ widget: widget.public, gateway_origin: gatewayOrigin } satisfies WidgetResponse);
  });

  app.post('/create-call', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseBody }), async (c) => {
    await callLimit.take(addressOf(c));
    const origin = c.req.header('Origin');
    if (origin === undefined) throw new ProxyFailure('origin_refused', { message: 'A page says where it is: Origin.' });
    const id = await widgetIdIn(c);
    await widgetFor(id, origin);
    const { status, text, call } = await upstream.createCall(id);
    gatewayOrigin = httpOrigin(call.gateway.url) ?? gatewayOrigin;
    logger.info('call created', { widget_id: id, call_id: call.call_id });
    c.header('Cache-Control', 'no-store');
    return c.body(text, status as ContentfulStatusCode, { 'Content-Type': 'application/json' });
  });

  app.notFound((c) => answerFailure(c, new ProxyFailure('not_found')));
  app.onError((error, c) => {
    if (error instanceof ProxyFailure) return answerFailure(c, error);
    logger.error('request failed', failureFields(error));
    return answerFailure(c, new ProxyFailure('internal'));
  });
  return app;
}

/** @throws ProxyFailure `bad_request` */
async function widgetIdIn(c: Context): Promise<string> {
  // A form of another site can post text/plain without a preflight, JSON it can't.
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? '')) {
    throw new ProxyFailure('bad_request', { status: 415, message: 'Content-Type must be application/json.' });
  }
  const body: unknown = await c.req.json().catch(() => undefined);
  if (isObject(body) && typeof body['widget_id'] === 'string') return body['widget_id'];
  throw new ProxyFailure('bad_request', { message: 'The body must be {"widget_id": "..."}.' });
}

function refuseBody(): never {
  throw new ProxyFailure('bad_request', { status: 413, message: 'The body is too big.' });
}

/** `https://host` of `wss://host/path`; null where that is no address of a socket. */
function httpOrigin(socketUrl: string): string | null {
  return URL.canParse(socketUrl) ? new URL(socketUrl.replace(/^ws/, 'http')).origin : null;
}
