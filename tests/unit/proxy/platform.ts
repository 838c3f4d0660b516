/** A platform as the proxy sees one: a real server's answers without a network, each of which a test may replace. */

import { Hono } from 'hono';
import { createProxy, type ProxyOptions } from '../../../src/proxy/proxy.ts';

export const KEY = 'ik_live_9f/8e+7d=secret';
export const ID = '665e4a34c65bb95f2f2d72e1';
export const PAGE = 'https://www.northwind.example';

export const WIDGET = {
  id: ID,
  assistantId: '665e4a34c65bb95f2f2d72e2',
  button_color: '#0369A1',
  card_radius: 12,
  call_to_action: 'Ask Northwind Catering',
  terms_and_condition: true,
  terms_and_condition_content: 'This call is recorded.',
  status: 'active',
};

export const CALL = {
  status: true,
  message: 'Call created',
  call_id: '665e4a34c65bb95f2f2d72e9',
  assistant_id: WIDGET.assistantId,
  gateway: {
    transport: 'websocket',
    path: '/new-web-call/connection',
    url: 'wss://voice.indigenius.example/new-web-call/connection?assistant_id=665e4a34c65bb95f2f2d72e2&call_id=665e4a34c65bb95f2f2d72e9',
  },
};

export interface Setting {
  readonly allowedOrigins?: unknown;
  readonly widget?: (request: Request) => Response | Promise<Response>;
  readonly createCall?: (request: Request) => Response | Promise<Response>;
  readonly options?: Partial<ProxyOptions>;
}

export function setUp({ allowedOrigins = [PAGE], widget, createCall, options }: Setting = {}) {
  const requests: Request[] = [];
  const logs: string[] = [];
  const log = (event: string, fields?: unknown): void => void logs.push(`${event} ${JSON.stringify(fields)}`);

  const platform = new Hono();
  platform.use(async (c, next) => {
    requests.push(c.req.raw.clone());
    if (c.req.header('X-API-Key') !== KEY) return c.json({ status: false, message: 'no key', data: null }, 401);
    await next();
    return undefined;
  });
  platform.get('/v1/widgets/:id', async (c) => {
    if (widget) return widget(c.req.raw);
    if (c.req.param('id') !== ID) return c.json({ status: false, message: 'Widget not found', data: null }, 404);
    const data = { ...WIDGET, allowed_origins: allowedOrigins, created_at: '2026-11-21T00:00:00Z', notes: 'internal' };
    return c.json({ status: true, message: 'Widget details fetched', data });
  });
  platform.post('/v1/widgets/create-call', async (c) => (createCall ? createCall(c.req.raw) : c.json(CALL, 201)));

  const app = createProxy({
    apiKey: KEY,
    apiUrl: 'http://localhost:8787',
    clientAddress: (request) => request.headers.get('X-Test-Address') ?? '192.0.2.1',
    logger: { info: log, error: log },
    fetch: async (input, init) => platform.request(new Request(input, init)),
    ...options,
  });
  const getWidget = (origin: string | null = PAGE, id = ID, headers: Record<string, string> = {}) =>
    app.request(`/indigenius/widgets/${id}`, { headers: { ...(origin !== null && { Origin: origin }), ...headers } });
  const postCall = (
    origin: string | null = PAGE,
    body: string = JSON.stringify({ widget_id: ID }),
    headers: Record<string, string> = {},
  ) =>
    app.request('/indigenius/create-call', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(origin !== null && { Origin: origin }), ...headers },
      body,
    });
  return { app, requests, logs, getWidget, postCall };
}
