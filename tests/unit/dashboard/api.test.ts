import { describe, expect, it } from 'vitest';
import { Api, ApiError, type ApiOptions, wordsFor } from '../../../src/dashboard/api.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly key: string | null;
  readonly body: unknown;
}

/** A client whose platform gives these answers, one after the other. */
function apiThat(answers: readonly Response[], more: Partial<ApiOptions> = {}): { api: Api; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch = async (path: string, { method = '', headers, body }: RequestInit): Promise<Response> => {
    const key = new Headers(headers).get('X-API-Key');
    asked.push({ method, path, key, body: typeof body === 'string' ? JSON.parse(body) : null });
    return answers[asked.length - 1]!;
  };
  return { api: new Api({ key: 'indigenius_abcd1234', fetch, ...more }), asked };
}

const ok = (data: unknown, more: object = {}): Response =>
  Response.json({ status: true, message: 'Fine', data, ...more });
const refused = (status: number, message: string, headers = {}): Response =>
  Response.json({ status: false, message, data: null }, { status, headers });

describe('the dashboard’s client', () => {
  it('asks with the key, and for the next page by the cursor of the one before', async () => {
    const { api, asked } = apiThat([
      ok([{ id: 'a' }], { next_cursor: 'x+/=' }),
      ok([{ id: 'b' }], { next_cursor: null }),
    ]);
    const first = await api.calls('phone');
    const second = await api.calls('phone', first.next);
    expect([first, second]).toEqual([
      { rows: [{ id: 'a' }], next: 'x+/=' },
      { rows: [{ id: 'b' }], next: null },
    ]);
    expect(asked.map(({ path }) => path)).toEqual([
      '/v1/calls?type=phone&limit=25',
      '/v1/calls?type=phone&limit=25&cursor=x%2B%2F%3D',
    ]);
    expect(asked.map(({ key }) => key)).toEqual(['indigenius_abcd1234', 'indigenius_abcd1234']);
  });

  it('finds a key on any page of the list', async () => {
    const { api } = apiThat([ok([{ id: 'a' }], { next_cursor: 'more' }), ok([{ id: 'b' }], { next_cursor: null })]);
    expect(await api.key('b')).toEqual({ id: 'b' });
    const { api: other } = apiThat([ok([{ id: 'a' }], { next_cursor: null })]);
    expect(await other.key('b')).toBeNull();
  });

  it('sends what is to change, and nothing where nothing is sent', async () => {
    const { api, asked } = apiThat([ok({ id: 'w' }), Response.json({ status: true, message: 'Gone' })]);
    await api.updateWidget('w/1', { button_color: '#123456' });
    await api.removeWidget('w');
    expect(asked).toMatchObject([
      { method: 'PATCH', path: '/v1/widgets/w%2F1', body: { button_color: '#123456' } },
      { method: 'DELETE', path: '/v1/widgets/w', body: null },
    ]);
  });

  it.each([
    [refused(403, 'The API key lacks the scope calls:read'), 'The API key lacks the scope calls:read'],
    [refused(429, 'Too many requests', { 'Retry-After': '12' }), 'Too many requests. Try again in 12 s.'],
    [new Response('<h1>Bad gateway</h1>', { status: 502 }), 'The platform answered 502, and nothing that can be read.'],
    [Response.json({ hello: 'world' }), 'The platform answered 200, and nothing that can be read.'],
    [ok('a text'), 'The platform’s answer to /v1/calls is not what it publishes.'],
  ])('tells in words why there is no answer', async (answer, message) => {
    const { api } = apiThat([answer]);
    await expect(api.calls(null)).rejects.toThrow(message);
  });

  it('tells where nobody answers at all', async () => {
    const { api } = apiThat([], { fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
    const error: unknown = await api.scopes().catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: null,
      message: 'The platform can’t be reached. Check the connection, then try again.',
    });
    expect(wordsFor(error)).toContain('can’t be reached');
    expect(wordsFor(new TypeError('x is undefined'))).not.toContain('undefined');
  });

  it('says once that the key is refused, and only of the key', async () => {
    const refusals: string[] = [];
    const onrefused = (error: ApiError): number => refusals.push(error.message);
    const { api } = apiThat([refused(401, 'Revoked'), refused(403, 'Lacks')], { onrefused });
    await expect(api.widgets()).rejects.toThrow('Revoked');
    await expect(api.widgets()).rejects.toThrow('Lacks');
    expect(refusals).toEqual(['Revoked']);
  });

  it('takes a key that may not read assistants for a key, and one that is unknown for none', async () => {
    await expect(apiThat([refused(403, 'Lacks')]).api.check()).resolves.toBeUndefined();
    await expect(apiThat([refused(401, 'Unknown')]).api.check()).rejects.toThrow('Unknown');
  });

  it('knows its own key by its beginning', () => {
    const { api } = apiThat([]);
    expect(api.isOwn({ key_start: 'indigenius_abcd' })).toBe(true);
    expect(api.isOwn({ key_start: 'indigenius_efgh' })).toBe(false);
    expect(api.isOwn({ key_start: '' })).toBe(false);
  });
});
