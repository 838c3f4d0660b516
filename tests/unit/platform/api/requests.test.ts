import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlatform, jsonLogger } from '../../../../src/platform/platform.ts';
import { emptyStore } from '../store/stores.ts';
import { addAssistant, addWidget, NEW_ASSISTANT, openPlatform, type Caller } from './api.ts';

describe('any request', () => {
  let opened: Awaited<ReturnType<typeof openPlatform>>;
  let caller: Caller;
  beforeAll(async () => {
    opened = await openPlatform();
    caller = await opened.caller('Acme Inc');
  });
  afterAll(() => opened.platform.close());

  function post(path: string, body: string | Uint8Array<ArrayBuffer>, contentType: string | null = 'application/json') {
    const headers = { 'X-API-Key': caller.key, ...(contentType !== null && { 'Content-Type': contentType }) };
    return opened.request(path, { method: 'POST', headers, body });
  }

  it.each([
    ['/v1/assistants', '{"name":'],
    ['/v1/widgets', 'nothing at all'],
    ['/v1/widgets/create-call', ''],
    ['/v1/calls/initiate', '"text"'],
    ['/v1/assistants', '\u0000\u0001'],
  ])('POST %s of %j answers 400', async (path, body) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ status: false, message: expect.any(String), data: null });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', null])('a body called %s answers 400', async (type) => {
    const bytes = new TextEncoder().encode(JSON.stringify(NEW_ASSISTANT));
    expect((await post('/v1/assistants', bytes, type)).status).toBe(400);
    expect((await post('/v1/widgets', bytes, type)).status).toBe(400);
  });

  it('a body over 256 KiB answers 413, whether or not its length is told', async () => {
    const body = JSON.stringify({ ...NEW_ASSISTANT, system_prompt: 'x'.repeat(256 * 1024) });
    const answer = { status: 413, body: { status: false, message: expect.any(String), data: null } };
    const headers = { 'X-API-Key': caller.key, 'Content-Type': 'application/json' };
    const told = { ...headers, 'Content-Length': String(body.length) };
    expect(await opened.request('/v1/assistants', { method: 'POST', headers, body })).toEqual(answer);
    expect(await opened.request('/v1/assistants', { method: 'POST', headers: told, body })).toEqual(answer);
  });

  it.each(['/v1/assistants', '/v1/widgets', '/v1/calls'])(
    '%s after a cursor of a year that no database reads answers 400',
    async (path) => {
      const cursor = Buffer.from(`253402300800000.${'0'.repeat(24)}`).toString('base64url');
      const { status, body } = await caller.call('GET', `${path}?cursor=${cursor}`);
      expect(status).toBe(400);
      expect(body['message']).toBe('cursor: must be the next_cursor of an earlier answer');
    },
  );

  it('a path nobody knows answers 404 in the envelope', async () => {
    const answer = { status: false, message: 'No GET /v1/nothing here', data: null };
    expect((await caller.call('GET', '/v1/nothing')).body).toEqual(answer);
    expect((await opened.request('/nothing', {})).status).toBe(404);
  });

  it('/healthz answers without a key', async () => {
    expect(await opened.request('/healthz', {})).toEqual({ status: 200, body: { status: true, message: 'Healthy' } });
  });

  it('each has one line in the log, with its id, and no key or body in it', async () => {
    const lines: string[] = [];
    const { app } = createPlatform({ store: opened.store, logger: jsonLogger((line) => lines.push(line)) });
    const widget_id = await addWidget(caller, { assistantId: await addAssistant(caller) });
    const response = await app.request(`/v1/widgets/create-call?key=${caller.key}`, {
      method: 'POST',
      headers: { 'X-API-Key': caller.key, 'Content-Type': 'application/json' },
      body: JSON.stringify({ widget_id, note: 'something private' }),
    });
    const last = JSON.parse(lines.at(-1)!);
    expect(last).toMatchObject({
      level: 'info',
      event: 'request',
      request_id: response.headers.get('X-Request-Id'),
      method: 'POST',
      path: '/v1/widgets/create-call',
      status: 201,
    });
    expect(last.request_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
    expect(lines.join('')).not.toContain(caller.key);
    expect(lines.join('')).not.toContain('private');
  });

  it('a failing store answers 500, and the log tells where, not what', async () => {
    const store = await emptyStore();
    const { id } = await store.organisations.named('Acme Inc');
    const { secret: key } = await store.keys.issue(id, { name: 'test', scopes: ['assistants:write'] });
    const lines: string[] = [];
    const { app } = createPlatform({ store, logger: jsonLogger((line) => lines.push(line)) });
    await store.close();
    const response = await app.request('/v1/assistants', { headers: { 'X-API-Key': key } });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ status: false, message: 'Internal server error', data: null });
    const failure = JSON.parse(lines[0]!);
    expect(failure).toMatchObject({ level: 'error', event: 'request failed' });
    expect(failure.at[0]).toMatch(/^at /);
    expect(lines.join('')).not.toContain(createHash('sha256').update(key).digest('hex'));
  });

  it.each(['https://voice.example.com/path', 'wss://voice.example.com', 'voice.example.com'])(
    'a public URL of %s is refused at once',
    (publicUrl) => {
      expect(() => createPlatform({ store: opened.store, publicUrl })).toThrow(TypeError);
    },
  );
});
