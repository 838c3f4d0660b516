import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createCall } from '../../../src/gateway/session.ts';
import { SessionError } from '../../../src/gateway/session-error.ts';
import { fetchWidget } from '../../../src/gateway/widget-request.ts';
import type { ProxyErrorCode } from '../../../src/protocol/rest.ts';

const CALL = {
  status: true,
  message: 'Call created',
  call_id: '665e4a34c65bb95f2f2d72e9',
  assistant_id: '665e4a34c65bb95f2f2d72e2',
  gateway: { transport: 'websocket', path: '/c', url: 'wss://gateway.example/c?call_id=1' },
};
const WIDGET = { widget: { id: 'w', button_color: '#0369A1' }, gateway_origin: 'https://gateway.example' };

const fetched = vi.fn<typeof fetch>();
const { signal } = new AbortController();
const call = (proxyUrl = '/indigenius') => createCall({ proxyUrl, widgetId: 'w', signal });
const widget = (widgetId = 'w') => fetchWidget({ proxyUrl: 'https://proxy.example/voice/', widgetId, signal });
const failure = (request: Promise<unknown>): Promise<SessionError> =>
  request.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => (error instanceof SessionError ? error : Promise.reject(error as Error)),
  );

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('createCall', () => {
  it('posts the widget id and gives the call', async () => {
    fetched.mockResolvedValue(Response.json(CALL, { status: 201 }));
    expect(await call()).toEqual(CALL);
    const [url, init] = fetched.mock.calls[0]!;
    expect(url).toBe('/indigenius/create-call');
    expect(init).toMatchObject({
      method: 'POST',
      body: '{"widget_id":"w"}',
      headers: { 'Content-Type': 'application/json' },
      credentials: 'omit',
    });
  });

  it.each([
    ['a web page', '<h1>Hello</h1>'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a call without id', JSON.stringify({ ...CALL, call_id: undefined })],
    ['a call without gateway', JSON.stringify({ ...CALL, gateway: null })],
    ['a gateway without url', JSON.stringify({ ...CALL, gateway: {} })],
  ])('takes %s for a fault of the platform', async (_, text) => {
    fetched.mockResolvedValue(new Response(text, { status: 200 }));
    expect((await failure(call())).reason).toBe('platform-error');
  });

  it.each<[ProxyErrorCode | 'something_new', number, string]>([
    ['bad_request', 400, 'platform-error'],
    ['not_found', 404, 'platform-error'],
    ['widget_unknown', 404, 'widget-unknown'],
    ['origin_refused', 403, 'origin-refused'],
    ['widget_paused', 403, 'paused'],
    ['widget_draft', 403, 'draft'],
    ['full', 503, 'full'],
    ['rate_limited', 429, 'full'],
    ['upstream_failed', 502, 'platform-error'],
    ['upstream_unreachable', 504, 'unreachable'],
    ['internal', 500, 'platform-error'],
    ['something_new', 500, 'platform-error'],
  ])('makes %s %d a failure for %s', async (code, status, reason) => {
    fetched.mockResolvedValue(Response.json({ error: { code, message: 'm' } }, { status }));
    const error = await failure(call());
    expect(error.reason).toBe(reason);
    expect(error.message).toContain(code);
  });

  it.each([
    ['12', 12],
    ['soon', null],
    [null, null],
  ])('reads Retry-After %j as %j', async (header, retryAfterS) => {
    const headers: Record<string, string> = header === null ? {} : { 'Retry-After': header };
    fetched.mockResolvedValue(Response.json({ error: { code: 'full', message: 'm' } }, { status: 503, headers }));
    expect((await failure(call())).retryAfterS).toBe(retryAfterS);
  });

  it.each([
    [404, '<h1>Not found</h1>'],
    [500, ''],
    [502, 'null'],
    [403, '{"error":"no"}'],
  ])('takes a %d that is not of the proxy for a fault of the platform', async (status, text) => {
    fetched.mockResolvedValue(new Response(text, { status }));
    expect((await failure(call())).reason).toBe('platform-error');
  });

  it('says what little is known where the code that reads a refusal cannot be fetched', async () => {
    vi.doMock('../../../src/gateway/proxy-failure.ts', () => Promise.reject(new TypeError('Failed to fetch')));
    onTestFinished(() => {
      vi.doUnmock('../../../src/gateway/proxy-failure.ts');
      vi.resetModules();
    });
    vi.resetModules();
    const fresh = await import('../../../src/gateway/session.ts');
    fetched.mockResolvedValue(Response.json({ error: { code: 'full', message: 'm' } }, { status: 503 }));
    await expect(fresh.createCall({ proxyUrl: '/indigenius', widgetId: 'w', signal })).rejects.toMatchObject({
      name: 'SessionError',
      reason: 'platform-error',
      message: 'The proxy answered 503.',
    });
  });

  it('tells a proxy that cannot be reached', async () => {
    const cause = new TypeError('Failed to fetch');
    fetched.mockRejectedValue(cause);
    const error = await failure(call());
    expect(error.reason).toBe('unreachable');
    expect(error.cause).toBe(cause);
  });

  it('waits 10 s for an answer', async () => {
    vi.useFakeTimers();
    fetched.mockImplementation(hang);
    const failed = failure(call());
    await vi.advanceTimersByTimeAsync(9_999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await failed).reason).toBe('timeout');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects with the reason of whoever aborted it, and leaves no timer', async () => {
    vi.useFakeTimers();
    fetched.mockImplementation(hang);
    const abort = new AbortController();
    const created = createCall({ proxyUrl: '/indigenius', widgetId: 'w', signal: abort.signal });
    const why = new Error('hung up');
    abort.abort(why);
    await expect(created).rejects.toBe(why);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('fetchWidget', () => {
  it('gives the widget and the origin of its sockets', async () => {
    fetched.mockResolvedValue(Response.json(WIDGET));
    expect(await widget()).toEqual(WIDGET);
    expect(fetched.mock.calls[0]![0]).toBe('https://proxy.example/voice/widgets/w');
  });

  it('keeps an id from climbing out of its path', async () => {
    fetched.mockResolvedValue(Response.json(WIDGET));
    await widget('../create-call?x');
    expect(fetched.mock.calls[0]![0]).toBe('https://proxy.example/voice/widgets/..%2Fcreate-call%3Fx');
  });

  it('does without an origin', async () => {
    fetched.mockResolvedValue(Response.json({ widget: {}, gateway_origin: 7 }));
    expect(await widget()).toEqual({ widget: {}, gateway_origin: null });
  });

  it.each(['{}', '{"widget":[]}', '<!doctype html>'])('takes %j for a fault of the platform', async (text) => {
    fetched.mockResolvedValue(new Response(text));
    expect((await failure(widget())).reason).toBe('platform-error');
  });
});

const hang: typeof fetch = (_, init) =>
  new Promise((_, reject) => {
    const { signal } = init!;
    signal!.addEventListener('abort', () => reject(signal!.reason as Error));
  });
