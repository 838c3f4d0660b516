import { afterEach, describe, expect, it, vi } from 'vitest';
import { createProxy } from '../../../src/proxy/proxy.ts';
import type { ProxyErrorResponse, WidgetResponse } from '../../../src/protocol/rest.ts';
import { CALL, ID, KEY, PAGE, type Setting, setUp, WIDGET } from './platform.ts';

afterEach(() => void vi.useRealTimers());

const json = (body: unknown, status: number, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });
const codeOf = async (response: Response) => ((await response.json()) as ProxyErrorResponse).error.code;
const widgetOf = async (response: Response) => (await response.json()) as WidgetResponse;
const html = (status: number) => new Response('<h1>Oops</h1>', { status, headers: { 'Content-Type': 'text/html' } });

describe('GET widgets/{id}', () => {
  it('answers the public fields and where sockets go, and nothing else', async () => {
    const { getWidget } = setUp();
    const response = await getWidget();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ widget: WIDGET, gateway_origin: 'http://localhost:8787' });
    expect(response.headers.get('Cache-Control')).toBe('private, max-age=30');
  });

  it('answers a page of its own origin, whose GET names none', async () => {
    const { getWidget } = setUp();
    const response = await getWidget(null);
    expect(response.status).toBe(200);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it('understands a platform that answers the bare widget, and leaves out what has the wrong type', async () => {
    const { getWidget } = setUp({
      widget: () =>
        json({ ...WIDGET, card_radius: '12', call_to_action: null, status: 'paused', allowed_origins: [] }, 200),
    });
    const { card_radius: _, call_to_action: __, ...rest } = WIDGET;
    expect((await widgetOf(await getWidget())).widget).toEqual({ ...rest, status: 'paused' });
  });

  it('passes on whether calls are recorded, where that is a yes or a no', async () => {
    let recording: unknown = true;
    const widget = (): Response => json({ data: { ...WIDGET, recording } }, 200);
    expect((await widgetOf(await setUp({ widget }).getWidget())).widget).toEqual({ ...WIDGET, recording: true });
    recording = 'yes';
    expect((await widgetOf(await setUp({ widget }).getWidget())).widget).toEqual(WIDGET);
  });

  it('names the origin of the latest call once it knows one', async () => {
    const { getWidget, postCall } = setUp();
    await postCall();
    expect((await widgetOf(await getWidget())).gateway_origin).toBe('https://voice.indigenius.example');
  });

  it('asks the platform once in 30 s', async () => {
    vi.useFakeTimers();
    const { getWidget, postCall, requests } = setUp();
    await Promise.all([getWidget(), getWidget(), postCall()]);
    expect(requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
    vi.advanceTimersByTime(30_000);
    await getWidget();
    expect(requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
  });

  it('does not remember a failure', async () => {
    let broken = true;
    const { getWidget } = setUp({ widget: () => (broken ? html(500) : json({ data: WIDGET }, 200)) });
    expect((await getWidget()).status).toBe(502);
    broken = false;
    expect((await getWidget()).status).toBe(200);
  });
});

describe('POST create-call', () => {
  it('passes the body on unchanged, with the status, not to be stored', async () => {
    const text = `{ "extra": [1,2] , ${JSON.stringify(CALL).slice(1)}`;
    const { postCall } = setUp({ createCall: () => new Response(text, { status: 201 }) });
    const response = await postCall();
    expect(response.status).toBe(201);
    expect(await response.text()).toBe(text);
    expect(response.headers.get('Content-Type')).toBe('application/json');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });

  it('sends the key and the widget, and nothing else of what the page said', async () => {
    const { postCall, requests } = setUp();
    await postCall(PAGE, JSON.stringify({ widget_id: ID, assistant_id: 'x' }), { Cookie: 'session=1' });
    const request = requests.find(({ method }) => method === 'POST')!;
    expect(request.url).toBe('http://localhost:8787/v1/widgets/create-call');
    expect(await request.json()).toEqual({ widget_id: ID });
    expect(request.headers.get('X-API-Key')).toBe(KEY);
    expect(request.headers.get('Cookie')).toBeNull();
  });

  it('reaches an API whose URL ends with /v1', async () => {
    const { postCall } = setUp({ options: { apiUrl: 'http://localhost:8787/v1/' } });
    expect((await postCall()).status).toBe(201);
  });

  it('answers below the base path it was given', async () => {
    const { app } = setUp({ options: { basePath: '/voice/api' } });
    expect((await app.request(`/voice/api/widgets/${ID}`)).status).toBe(200);
    expect((await app.request(`/indigenius/widgets/${ID}`)).status).toBe(404);
  });
});

describe('origins', () => {
  it('refuses a page that the owner does not list, before any call is created', async () => {
    const { getWidget, postCall, requests } = setUp();
    for (const response of [await getWidget('https://evil.example'), await postCall('https://evil.example')]) {
      expect(response.status).toBe(403);
      expect(await codeOf(response)).toBe('origin_refused');
      expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
      expect(response.headers.get('Vary')).toContain('Origin');
    }
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('refuses a call to whoever names no origin', async () => {
    const { postCall } = setUp({ allowedOrigins: [] });
    const response = await postCall(null);
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe('origin_refused');
  });

  it.each([undefined, null, []])('lets any page in where allowed_origins is %j', async (allowedOrigins) => {
    const { postCall } = setUp({
      widget: () => json({ data: { ...WIDGET, allowed_origins: allowedOrigins } }, 200),
    });
    expect((await postCall('https://any.example')).status).toBe(201);
  });

  it('lets nobody in where allowed_origins cannot be read', async () => {
    const { postCall } = setUp({ allowedOrigins: 'https://www.northwind.example' });
    expect((await postCall()).status).toBe(502);
  });

  it('lets localhost in, but not in production', async () => {
    expect((await setUp().postCall('http://localhost:5173')).status).toBe(201);
    expect((await setUp({ options: { production: true } }).postCall('http://localhost:5173')).status).toBe(403);
  });

  it('lets an allowed page on another origin read what it is answered', async () => {
    const { getWidget, postCall } = setUp();
    for (const response of [await getWidget(), await postCall()]) {
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE);
      expect(response.headers.get('Access-Control-Allow-Credentials')).toBeNull();
      expect(response.headers.get('Vary')).toBe('Origin');
    }
  });

  it('lets a page read why it got nothing', async () => {
    const { getWidget } = setUp();
    const response = await getWidget(PAGE, 'no-such-widget');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE);
    expect(await codeOf(response)).toBe('widget_unknown');
  });

  it('answers a preflight without asking the platform', async () => {
    const { app, requests } = setUp();
    const response = await app.request('/indigenius/create-call', {
      method: 'OPTIONS',
      headers: {
        Origin: PAGE,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type',
      },
    });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'Content-Type',
      vary: 'Origin',
    });
    expect(requests).toEqual([]);
  });
});

/** The table of docs/proxy.md: what happens, and what the page is told. */
const FAILURES: [name: string, setting: Setting, status: number, code: string][] = [
  ['401', { createCall: () => json({ message: KEY }, 401) }, 502, 'upstream_failed'],
  ['403 for a scope', { createCall: () => json({ message: KEY }, 403) }, 502, 'upstream_failed'],
  ['403 widget_paused', { createCall: () => json({ code: 'widget_paused' }, 403) }, 403, 'widget_paused'],
  ['403 widget_draft', { createCall: () => json({ code: 'widget_draft' }, 403) }, 403, 'widget_draft'],
  ['403 for the widget', { widget: () => json({ message: KEY }, 403) }, 502, 'upstream_failed'],
  ['400', { createCall: () => json({ message: KEY }, 400) }, 502, 'upstream_failed'],
  ['404', { createCall: () => json({ message: 'Widget not found' }, 404) }, 404, 'widget_unknown'],
  ['404 for the widget', { widget: () => json({ message: 'Widget not found' }, 404) }, 404, 'widget_unknown'],
  ['404 as a web page', { widget: () => html(404) }, 502, 'upstream_failed'],
  ['500', { createCall: () => json({ message: KEY }, 500) }, 502, 'upstream_failed'],
  ['500 as a web page', { createCall: () => html(500) }, 502, 'upstream_failed'],
  ['a web page with 200', { createCall: () => html(200) }, 502, 'upstream_failed'],
  ['a web page with 200 for the widget', { widget: () => html(200) }, 502, 'upstream_failed'],
  ['an empty body', { createCall: () => new Response(null, { status: 201 }) }, 502, 'upstream_failed'],
  ['a call without a gateway', { createCall: () => json({ ...CALL, gateway: null }, 201) }, 502, 'upstream_failed'],
  [
    'a gateway that is no socket',
    { createCall: () => json({ ...CALL, gateway: { url: 'https://x' } }, 201) },
    502,
    'upstream_failed',
  ],
  ['a widget without data', { widget: () => json({ status: true, message: 'x' }, 200) }, 502, 'upstream_failed'],
  [
    'a redirect',
    { createCall: () => new Response(null, { status: 307, headers: { Location: 'https://evil.example' } }) },
    502,
    'upstream_failed',
  ],
  [
    'the key in a created call',
    { createCall: () => json({ ...CALL, message: `by ${KEY}` }, 201) },
    502,
    'upstream_failed',
  ],
  [
    'the key in the address of a socket',
    {
      createCall: () =>
        json({ ...CALL, gateway: { ...CALL.gateway, url: `wss://x/?k=${encodeURIComponent(KEY)}` } }, 201),
    },
    502,
    'upstream_failed',
  ],
  [
    'the key in a widget',
    { widget: () => json({ data: { ...WIDGET, call_to_action: KEY } }, 200) },
    502,
    'upstream_failed',
  ],
  ['429', { createCall: () => json({}, 429) }, 503, 'full'],
  ['503', { createCall: () => html(503) }, 503, 'full'],
  [
    'no connection',
    {
      options: {
        fetch: () =>
          Promise.reject(
            new TypeError(`fetch failed with ${KEY}`, {
              cause: Object.assign(new Error(KEY), { code: 'ECONNREFUSED' }),
            }),
          ),
      },
    },
    502,
    'upstream_unreachable',
  ],
  [
    'no answer in time',
    {
      options: {
        upstreamTimeoutMs: 5,
        fetch: (_, init) =>
          new Promise((_, reject) => init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason))),
      },
    },
    504,
    'upstream_unreachable',
  ],
  [
    'a defect of its own',
    {
      options: {
        clientAddress: () => {
          throw new Error(KEY);
        },
      },
    },
    500,
    'internal',
  ],
];

describe('when the platform answers', () => {
  it.each(FAILURES)('%s, the page is told so', async (_, setting, status, code) => {
    const { postCall, logs } = setUp(setting);
    const response = await postCall();
    const text = await response.text();
    expect({ status: response.status, code: JSON.parse(text).error.code }).toEqual({ status, code });
    expect(JSON.parse(text)).toEqual({ error: { code, message: expect.any(String) } });
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    for (const written of [text, ...response.headers.values(), ...logs]) {
      expect(written).not.toContain(KEY);
      expect(written).not.toContain(encodeURIComponent(KEY));
    }
  });

  it('a success, neither logs nor headers hold the key', async () => {
    const { postCall, getWidget, logs } = setUp();
    for (const response of [await postCall(), await getWidget()]) {
      for (const written of [await response.text(), ...response.headers.values()]) expect(written).not.toContain(KEY);
    }
    expect(logs.join()).not.toContain(KEY);
    expect(logs).toEqual([expect.stringContaining('call created')]);
  });

  it.each([
    [401, 'INDIGENIUS_API_KEY'],
    [403, 'widgets:write'],
    [307, 'INDIGENIUS_API_URL'],
  ])('%d, the log names the remedy', async (status, remedy) => {
    const { postCall, logs } = setUp({ createCall: () => new Response(null, { status }) });
    await postCall();
    expect(logs.join()).toContain(remedy);
  });

  it('a redirect, the key goes nowhere else', async () => {
    const { postCall, requests } = setUp({ createCall: () => Response.redirect('http://localhost:9/elsewhere', 302) });
    await postCall();
    expect(requests.map(({ redirect }) => redirect)).toEqual(['manual', 'manual']);
    expect(requests.map(({ url }) => new URL(url).port)).toEqual(['8787', '8787']);
  });

  it.each([
    ['7', '7'],
    ['999999', '3600'],
    ['soon', '10'],
  ])('503 with Retry-After %s, the page is told %s', async (theirs, ours) => {
    const { postCall } = setUp({ createCall: () => json({}, 503, { 'Retry-After': theirs }) });
    const response = await postCall();
    expect(response.headers.get('Retry-After')).toBe(ours);
    expect(response.headers.get('Access-Control-Expose-Headers')).toBe('Retry-After');
  });
});

describe('what a page may send', () => {
  it.each([
    ['no JSON', '{', {}, 400],
    ['an array', '[]', {}, 400],
    ['no widget_id', '{}', {}, 400],
    ['a widget_id that is a number', '{"widget_id":1}', {}, 400],
    ['a widget_id that climbs', '{"widget_id":"../calls"}', {}, 400],
    ['a widget_id with a query', '{"widget_id":"a?b=c"}', {}, 400],
    ['a widget_id of 65 letters', JSON.stringify({ widget_id: 'a'.repeat(65) }), {}, 400],
    ['a form', 'widget_id=x', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['JSON called text', JSON.stringify({ widget_id: ID }), { 'Content-Type': 'text/plain' }, 415],
    ['more than 16 KiB', JSON.stringify({ widget_id: ID, more: 'x'.repeat(16_384) }), {}, 413],
  ])('refuses %s, without asking the platform', async (_, body, headers, status) => {
    const { postCall, requests } = setUp();
    const response = await postCall(PAGE, body, headers);
    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe('bad_request');
    expect(requests).toEqual([]);
  });

  it.each(['..%2Fcalls', '%2e%2e', 'a%3Fb', 'a%00'])('refuses %s in the path', async (id) => {
    const { getWidget, requests } = setUp();
    const response = await getWidget(PAGE, id);
    expect([400, 404]).toContain(response.status);
    expect(['bad_request', 'not_found']).toContain(await codeOf(response));
    expect(requests).toEqual([]);
  });

  it('takes JSON with a charset', async () => {
    const response = await setUp().postCall(PAGE, undefined, { 'Content-Type': 'application/json; charset=utf-8' });
    expect(response.status).toBe(201);
  });

  it.each([
    ['GET', '/indigenius'],
    ['GET', '/indigenius/create-call'],
    ['DELETE', `/indigenius/widgets/${ID}`],
  ])('answers %s %s with not_found', async (method, path) => {
    const response = await setUp().app.request(path, { method });
    expect(response.status).toBe(404);
    expect(await codeOf(response)).toBe('not_found');
  });
});

describe('the limit', () => {
  it('lets one address create 10 calls in a minute, and says when it may go on', async () => {
    const { postCall } = setUp();
    for (let i = 0; i < 10; i++) expect((await postCall()).status).toBe(201);
    const response = await postCall();
    expect(response.status).toBe(429);
    expect(await codeOf(response)).toBe('rate_limited');
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(Number(response.headers.get('Retry-After'))).toBeLessThanOrEqual(60);
    expect((await postCall(PAGE, undefined, { 'X-Test-Address': '192.0.2.2' })).status).toBe(201);
  });

  it('lets the address go on after a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    const { postCall } = setUp({ options: { limits: { callsPerMinute: 1 } } });
    await postCall();
    expect((await postCall()).status).toBe(429);
    vi.advanceTimersByTime(60_001);
    expect((await postCall()).status).toBe(201);
  });

  it('lets one address fetch a widget 120 times in a minute', async () => {
    const { getWidget } = setUp();
    for (let i = 0; i < 120; i++) expect((await getWidget()).status).toBe(200);
    expect((await getWidget()).status).toBe(429);
  });

  it('says once that nobody told it who asks', async () => {
    const { postCall, logs } = setUp({ options: { clientAddress: () => '' } });
    await postCall();
    await postCall();
    expect(logs.filter((line) => line.includes('visitors share one limit'))).toHaveLength(1);
  });
});

describe('createProxy', () => {
  it.each(['', ' ', 'key\n', 'schlüssel'])('does not start with the key %j, nor repeats it', (apiKey) => {
    expect(() => createProxy({ apiKey })).toThrow('set INDIGENIUS_API_KEY');
  });

  it.each(['', 'api.indigenius.ai', 'file:///etc'])('does not start with the URL %j', (apiUrl) => {
    expect(() => createProxy({ apiKey: KEY, apiUrl })).toThrow('set INDIGENIUS_API_URL');
  });
});
