import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/platform/platform.ts';
import { openPlatform, type Caller } from './api.ts';

const NO_ID = '0'.repeat(24);

const ROUTES: readonly [method: string, path: string, scope: Scope][] = [
  ['GET', '/v1/assistants', 'assistants:read'],
  ['POST', '/v1/assistants', 'assistants:write'],
  ['GET', `/v1/assistants/${NO_ID}`, 'assistants:read'],
  ['PATCH', `/v1/assistants/${NO_ID}`, 'assistants:write'],
  ['GET', '/v1/widgets', 'widgets:read'],
  ['POST', '/v1/widgets', 'widgets:write'],
  ['GET', `/v1/widgets/${NO_ID}`, 'widgets:read'],
  ['PATCH', `/v1/widgets/${NO_ID}`, 'widgets:write'],
  ['DELETE', `/v1/widgets/${NO_ID}`, 'widgets:write'],
  ['POST', '/v1/widgets/create-call', 'widgets:write'],
  ['GET', '/v1/calls', 'calls:read'],
  ['POST', '/v1/calls/initiate', 'calls:write'],
  ['GET', `/v1/calls/${NO_ID}`, 'calls:read'],
  ['GET', `/v1/calls/${NO_ID}/transcripts`, 'calls:read'],
  ['GET', '/v1/auth/keys', 'keys:read'],
  ['POST', '/v1/auth/keys', 'keys:write'],
  ['GET', '/v1/auth/scopes', 'keys:read'],
  ['PATCH', `/v1/auth/keys/${NO_ID}/scopes`, 'keys:write'],
  ['POST', `/v1/auth/keys/${NO_ID}/rotate`, 'keys:write'],
  ['POST', `/v1/auth/keys/${NO_ID}/revoke`, 'keys:write'],
];

const SCOPES: readonly Scope[] = [
  'assistants:read',
  'assistants:write',
  'widgets:read',
  'widgets:write',
  'calls:read',
  'calls:write',
  'keys:read',
  'keys:write',
];

describe('access', () => {
  let opened: Awaited<ReturnType<typeof openPlatform>>;
  let caller: Caller;
  beforeAll(async () => {
    opened = await openPlatform();
    caller = await opened.caller('Acme Inc');
  });
  afterAll(() => opened.platform.close());

  const withKey = (key: string) => opened.request('/v1/widgets', { headers: { 'X-API-Key': key } });

  it.each(ROUTES)('%s %s answers 401 without a key', async (method, path) => {
    const { status, body } = await opened.request(path, { method });
    expect({ status, body }).toEqual({
      status: 401,
      body: { status: false, message: 'The X-API-Key header is missing', data: null },
    });
  });

  it.each(ROUTES)('%s %s answers 403 to a key with every scope but %s, and names it', async (method, path, scope) => {
    const other = await opened.caller(
      'Acme Inc',
      SCOPES.filter((each) => each !== scope),
    );
    const { status, body } = await other.call(method, path);
    expect({ status, body }).toEqual({
      status: 403,
      body: { status: false, message: `The API key lacks the scope ${scope}`, data: null },
    });
  });

  it.each(ROUTES)('%s %s lets a key in that has only %s', async (method, path, scope) => {
    const other = await opened.caller('Acme Inc', [scope]);
    const { status } = await other.call(method, path);
    expect([200, 201, 400, 404]).toContain(status);
  });

  it('answers 401 to an unknown key', async () => {
    expect(await withKey("' or 1=1 --")).toEqual({
      status: 401,
      body: { status: false, message: 'The API key is unknown, revoked or expired', data: null },
    });
  });

  it('answers 401 to an expired key, and 200 to one that expires later', async () => {
    const { keys } = opened.store;
    const until = async (expiresAt: Date) =>
      (await keys.issue(caller.organisationId, { name: 'timed', scopes: ['widgets:read'], expiresAt })).secret;
    expect((await withKey(await until(new Date(Date.now() - 1)))).status).toBe(401);
    expect((await withKey(await until(new Date(Date.now() + 60_000)))).status).toBe(200);
  });

  it('answers 401 to a revoked key, and leaves keys of another name and organisation alone', async () => {
    const { keys } = opened.store;
    const stranger = await opened.caller('Northwind Catering');
    const request = { name: 'old', scopes: ['widgets:read'] as const };
    const revoked = (await keys.issue(caller.organisationId, request)).secret;
    const namesake = (await keys.issue(stranger.organisationId, request)).secret;
    expect((await withKey(revoked)).status).toBe(200);
    await keys.revokeNamed(caller.organisationId, 'old');
    expect((await withKey(revoked)).status).toBe(401);
    expect((await withKey(namesake)).status).toBe(200);
    expect((await withKey(caller.key)).status).toBe(200);
  });

  it('answers 401 before it looks at the body', async () => {
    const { status } = await opened.request('/v1/assistants', { method: 'POST', body: 'x'.repeat(300_000) });
    expect(status).toBe(401);
  });
});
