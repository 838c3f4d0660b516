import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPlatform, jsonLogger, SCOPES, type Scope } from '../../../../src/platform/platform.ts';
import { ID, openPlatform, type Caller } from './api.ts';

const NO_ID = '0'.repeat(24);
const PATH = '/v1/auth/keys';
const SECRET = /^indigenius_[\w-]{43}$/;

const FULL = {
  name: 'Web site',
  scopes: ['widgets:read', 'widgets:write'],
  expires_at: '2999-12-31T23:59:59.000Z',
  rate_limit_per_minute: 60,
  rate_limit_per_hour: 1_000,
  allowed_ips: ['192.0.2.0/24', '2001:db8::1'],
};

describe('/v1/auth/keys', () => {
  let opened: Awaited<ReturnType<typeof openPlatform>>;
  let caller: Caller;
  beforeAll(async () => {
    opened = await openPlatform();
  });
  beforeEach(async () => {
    caller = await opened.caller('Acme Inc');
  });
  afterAll(() => opened.platform.close());

  const issue = async (fields: object = {}) => {
    const { body } = await caller.call('POST', PATH, { name: 'test', scopes: ['widgets:read'], ...fields });
    return body.data as unknown as Readonly<Record<string, unknown>> & { readonly id: string; readonly key: string };
  };
  const using = async (key: string) => (await opened.request('/v1/widgets', { headers: { 'X-API-Key': key } })).status;
  const failure = (status: number, message: string) => ({ status, body: { status: false, message, data: null } });

  describe('POST', () => {
    it('answers a key that works, with all that was asked for', async () => {
      const { status, body } = await caller.call('POST', PATH, { ...FULL, allowed_ips: undefined });
      expect({ status, body }).toEqual({
        status: 201,
        body: {
          status: true,
          message: 'API key created successfully',
          data: {
            ...FULL,
            id: expect.stringMatching(ID),
            key: expect.stringMatching(SECRET),
            key_start: String(body.data['key']).slice(0, 15),
            allowed_ips: [],
            created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
          },
        },
      });
      expect(await using(String(body.data['key']))).toBe(200);
    });

    it('takes a name and scopes for enough', async () => {
      expect(await issue()).toMatchObject({
        expires_at: null,
        rate_limit_per_minute: null,
        rate_limit_per_hour: null,
        allowed_ips: [],
      });
      const nulls = { expires_at: null, rate_limit_per_minute: null, rate_limit_per_hour: null, allowed_ips: null };
      expect(await issue(nulls)).toMatchObject({ ...nulls, allowed_ips: [] });
    });

    it('keeps the addresses that it was given', async () => {
      expect(await issue({ allowed_ips: FULL.allowed_ips })).toMatchObject({ allowed_ips: FULL.allowed_ips });
    });

    it('names a scope once', async () => {
      const { scopes } = await issue({ scopes: ['calls:read', 'widgets:read', 'calls:read'] });
      expect(scopes).toEqual(['calls:read', 'widgets:read']);
    });

    it('reads an expiry of any offset, and answers it in UTC', async () => {
      const { expires_at } = await issue({ expires_at: '2999-06-01T12:00:00+02:00' });
      expect(expires_at).toBe('2999-06-01T10:00:00.000Z');
    });

    it.each([
      ['no name', { name: undefined }, 'name'],
      ['an empty name', { name: ' ' }, 'name'],
      ['a name with U+0000', { name: 'a\0' }, 'name'],
      ['no scopes', { scopes: undefined }, 'scopes'],
      ['empty scopes', { scopes: [] }, 'scopes'],
      ['an unknown scope', { scopes: ['widgets:read', 'widgets:paint'] }, 'scopes.1'],
      ['an expiry in the past', { expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
      ['an expiry without a time', { expires_at: '2999-01-01' }, 'expires_at'],
      ['an expiry that is none', { expires_at: '2999-02-30T00:00:00Z' }, 'expires_at'],
      ['an expiry after the last year', { expires_at: '9999-12-31T23:59:59-01:00' }, 'expires_at'],
      ['a limit of 0', { rate_limit_per_minute: 0 }, 'rate_limit_per_minute'],
      ['a limit below 0', { rate_limit_per_hour: -1 }, 'rate_limit_per_hour'],
      ['half a request', { rate_limit_per_minute: 1.5 }, 'rate_limit_per_minute'],
      ['a limit in words', { rate_limit_per_hour: '60' }, 'rate_limit_per_hour'],
      ['more requests than are counted', { rate_limit_per_hour: 2 ** 31 }, 'rate_limit_per_hour'],
      ['a name for an address', { allowed_ips: ['192.0.2.1', 'localhost'] }, 'allowed_ips.1'],
      ['a prefix that is too long', { allowed_ips: ['192.0.2.0/33'] }, 'allowed_ips.0'],
      ['an address that is no text', { allowed_ips: [1] }, 'allowed_ips.0'],
    ])('answers 400 to %s, and names it', async (_, fields, named) => {
      const { status, body } = await caller.call('POST', PATH, { ...FULL, ...fields });
      expect(status).toBe(400);
      expect(body).toEqual({ status: false, message: expect.stringContaining(`${named}: `), data: null });
    });
  });

  describe('the secret', () => {
    it('is in no answer but those that issue and rotate, which nobody may store, and in no log', async () => {
      const lines: string[] = [];
      const { app } = createPlatform({ store: opened.store, logger: jsonLogger((line) => lines.push(line)) });
      const answers: string[] = [];
      const call = async (method: string, path: string, body?: object) => {
        const headers = { 'X-API-Key': caller.key, 'Content-Type': 'application/json' };
        const response = await app.request(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
        const text = await response.text();
        answers.push(text);
        return { cache: response.headers.get('Cache-Control'), data: JSON.parse(text).data };
      };
      const issued = await call('POST', PATH, { name: 'test', scopes: ['widgets:read'] });
      const rotated = await call('POST', `${PATH}/${issued.data.id}/rotate`);
      answers.length = 0;
      await call('GET', PATH);
      await call('PATCH', `${PATH}/${issued.data.id}/scopes`, { scopes: ['calls:read'] });
      await call('POST', `${PATH}/${issued.data.id}/revoke`);
      expect([issued.cache, rotated.cache]).toEqual(['no-store', 'no-store']);
      expect(answers.join('')).toContain(issued.data.id);
      expect(lines.join('')).toContain(issued.data.id);
      for (const secret of [issued.data.key, rotated.data.key]) {
        const hash = createHash('sha256').update(secret).digest('hex');
        expect(answers.join('') + lines.join('')).not.toContain(secret);
        expect(answers.join('') + lines.join('')).not.toContain(hash);
      }
    });
  });

  describe('GET', () => {
    it('lists the keys of the organisation in pages, the revoked ones with the time', async () => {
      const other = await opened.caller('Pages Inc');
      const ids: string[] = [];
      // Those of one millisecond are in no order that could be told: here each is of one of its own.
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
      for (const name of ['one', 'two']) {
        vi.setSystemTime(Date.now() + 1);
        const { body } = await other.call('POST', PATH, { name, scopes: ['calls:read'] });
        ids.push(body.data.id);
      }
      await other.call('POST', `${PATH}/${ids[0]}/revoke`);
      const first = await other.call('GET', `${PATH}?limit=2`);
      expect(first.body.data).toMatchObject([{ name: 'test' }, { id: ids[0], name: 'one' }]);
      expect(first.body.data[0]).not.toHaveProperty('revoked_at');
      expect(first.body.data[1]).toMatchObject({ revoked_at: expect.stringMatching(/Z$/), scopes: ['calls:read'] });
      const rest = await other.call('GET', `${PATH}?limit=2&cursor=${first.body['next_cursor']}`);
      expect(rest.body.data.map(({ id }) => id)).toEqual([ids[1]]);
      expect(rest.body['next_cursor']).toBeNull();
    });
  });

  it('GET /v1/auth/scopes tells every scope and what it is for', async () => {
    const { status, body } = await caller.call('GET', '/v1/auth/scopes');
    expect(status).toBe(200);
    expect(body.data.map(({ scope }) => scope)).toEqual([...SCOPES]);
    expect(body.data.every(({ description }) => /\w/.test(String(description)))).toBe(true);
  });

  describe('PATCH of scopes', () => {
    it('replaces them, from the next request on', async () => {
      const { id, key } = await issue({ scopes: ['widgets:read', 'calls:read'] });
      const scopes = ['calls:read', 'calls:write', 'calls:read'];
      const { status, body } = await caller.call('PATCH', `${PATH}/${id}/scopes`, { scopes });
      expect(status).toBe(200);
      expect(body).toMatchObject({ status: true, data: { id, scopes: ['calls:read', 'calls:write'] } });
      expect(await using(key)).toBe(403);
    });

    it.each([[{}], [{ scopes: [] }], [{ scopes: ['all'] }], [{ scopes: 'calls:read' }]])(
      'of %j answers 400',
      async (fields) => {
        const { id } = await issue();
        expect((await caller.call('PATCH', `${PATH}/${id}/scopes`, fields)).status).toBe(400);
      },
    );
  });

  describe('rotating', () => {
    it('gives another secret to the same key, and the old one is unknown', async () => {
      const { key, ...before } = await issue({ ...FULL, allowed_ips: undefined });
      const { status, body } = await caller.call('POST', `${PATH}/${before.id}/rotate`);
      const secret = String(body.data['key']);
      expect({ status, body }).toEqual({
        status: 200,
        body: {
          status: true,
          message: 'API key rotated',
          data: { ...before, key: expect.stringMatching(SECRET), key_start: secret.slice(0, 15) },
        },
      });
      expect(await using(key)).toBe(401);
      expect(await using(secret)).toBe(200);
    });

    it('of the key in use works', async () => {
      const { id, key } = await issue({ scopes: ['keys:write', 'widgets:read'] });
      const { status, body } = await opened.request(`${PATH}/${id}/rotate`, {
        method: 'POST',
        headers: { 'X-API-Key': key },
      });
      expect(status).toBe(200);
      expect(await using(key)).toBe(401);
      expect(await using(String(body.data['key']))).toBe(200);
    });

    it('many times at once leaves one secret valid, which somebody was given', async () => {
      const { id, key } = await issue();
      const answers = await Promise.all(Array.from({ length: 5 }, () => caller.call('POST', `${PATH}/${id}/rotate`)));
      const rotated = answers.filter(({ status }) => status === 200);
      const late = answers.filter(({ status }) => status !== 200);
      const valid: number[] = [];
      for (const { body } of rotated) valid.push(await using(String(body.data['key'])));
      expect(valid.filter((status) => status === 200)).toHaveLength(1);
      expect(await using(key)).toBe(401);
      expect(late.every(({ status, body }) => status === 409 && body.data === null)).toBe(true);
    });

    it('of an expired key answers 409', async () => {
      const { keys } = opened.store;
      const request = { name: 'old', scopes: ['calls:read'] as const, expiresAt: new Date(Date.now() - 1) };
      const { key } = await keys.issue(caller.organisationId, request);
      expect(await caller.call('POST', `${PATH}/${key.id}/rotate`)).toEqual(failure(409, 'The API key is expired'));
    });
  });

  describe('revoking', () => {
    it('ends the key at once, and says when', async () => {
      const { id, key } = await issue();
      const { status, body } = await caller.call('POST', `${PATH}/${id}/revoke`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ status: true, message: 'API key revoked', data: { id } });
      expect(Date.parse(String(body.data['revoked_at']))).toBeLessThanOrEqual(Date.now());
      expect(await using(key)).toBe(401);
    });

    it('a second time answers what the first one did', async () => {
      const { id } = await issue();
      const first = await caller.call('POST', `${PATH}/${id}/revoke`);
      expect(await caller.call('POST', `${PATH}/${id}/revoke`)).toEqual(first);
    });

    it('cannot be undone: what would change the key answers 409', async () => {
      const { id, key } = await issue();
      await caller.call('POST', `${PATH}/${id}/revoke`);
      const answer = failure(409, 'The API key is revoked');
      expect(await caller.call('POST', `${PATH}/${id}/rotate`)).toEqual(answer);
      expect(await caller.call('PATCH', `${PATH}/${id}/scopes`, { scopes: ['calls:read'] })).toEqual(answer);
      expect(await using(key)).toBe(401);
    });
  });

  it.each(['rotate', 'revoke'])('POST %s takes a body of nothing that is called JSON', async (action) => {
    const { id } = await issue();
    const headers = { 'X-API-Key': caller.key, 'Content-Type': 'application/json' };
    expect((await opened.request(`${PATH}/${id}/${action}`, { method: 'POST', headers, body: '' })).status).toBe(200);
  });

  describe('a key that lacks a scope', () => {
    const OWN: readonly Scope[] = ['keys:read', 'keys:write', 'widgets:read'];
    const refused = failure(403, "The API key can't give what it lacks: calls:read, calls:write");
    const tooMuch = { scopes: ['widgets:read', 'calls:read', 'calls:write'] };
    let lesser: Caller;
    beforeEach(async () => {
      lesser = await opened.caller('Acme Inc', OWN);
    });

    it('issues none with it, and one with its own', async () => {
      const before = (await opened.store.keys.list(caller.organisationId)).rows.length;
      expect(await lesser.call('POST', PATH, { name: 'mine', ...tooMuch })).toEqual(refused);
      expect((await opened.store.keys.list(caller.organisationId)).rows).toHaveLength(before);
      expect((await lesser.call('POST', PATH, { name: 'mine', scopes: OWN })).status).toBe(201);
    });

    it('gives it to no key, itself among them', async () => {
      const { id } = await issue();
      expect(await lesser.call('PATCH', `${PATH}/${id}/scopes`, tooMuch)).toEqual(refused);
      const own = (await opened.store.keys.check(lesser.key))!.keyId;
      expect(await lesser.call('PATCH', `${PATH}/${own}/scopes`, tooMuch)).toEqual(refused);
      expect((await opened.store.keys.check(lesser.key))!.scopes).toEqual(OWN);
    });

    it('is not given the secret of a key that has it', async () => {
      const { id, key } = await issue(tooMuch);
      expect(await lesser.call('POST', `${PATH}/${id}/rotate`)).toEqual(refused);
      expect(await using(key)).toBe(200);
      const harmless = await issue({ scopes: ['widgets:read'] });
      expect((await lesser.call('POST', `${PATH}/${harmless.id}/rotate`)).status).toBe(200);
    });

    it('may revoke a key that has it', async () => {
      const { id } = await issue(tooMuch);
      expect((await lesser.call('POST', `${PATH}/${id}/revoke`)).status).toBe(200);
    });
  });

  const CHANGES: readonly [method: string, action: string, body?: object][] = [
    ['PATCH', 'scopes', { scopes: ['calls:read'] }],
    ['POST', 'rotate'],
    ['POST', 'revoke'],
  ];

  describe.each(CHANGES)('%s %s', (method, action, fields) => {
    it.each([NO_ID, 'x', "'; drop table api_keys; --", '%00'])('of an unknown id %s answers 404', async (id) => {
      expect(await caller.call(method, `${PATH}/${id}/${action}`, fields)).toEqual(failure(404, 'API key not found'));
    });

    it("of another organisation's key answers 404, and changes nothing", async () => {
      const { id, key } = await issue();
      const stranger = await opened.caller('Northwind Catering');
      const answer = await stranger.call(method, `${PATH}/${id}/${action}`, fields);
      expect(answer).toEqual(failure(404, 'API key not found'));
      expect(await using(key)).toBe(200);
      expect(JSON.stringify((await stranger.call('GET', PATH)).body)).not.toContain(id);
    });
  });
});
