import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  createPlatform,
  type Platform,
  SCOPES,
  servePlatform,
  silentLogger,
} from '../../../../src/platform/platform.ts';
import type { KeyRequest } from '../../../../src/platform/store/keys.ts';
import { openStore, type Store } from '../../../../src/platform/store/store.ts';
import { emptyStore, newDatabase, onServer } from '../store/stores.ts';

type Limits = Pick<KeyRequest, 'perMinute' | 'perHour' | 'allowedIps'>;

/** Of all tests here: each has keys of its own. */
let store: Store;
beforeAll(async () => {
  store = await emptyStore();
});
afterAll(() => store.close());

async function keyWith(limits: Limits, its = store) {
  const { id: organisationId } = await its.organisations.named('Acme Inc');
  const { secret, key } = await its.keys.issue(organisationId, { name: 'test', scopes: SCOPES, ...limits });
  const countedBefore = async (span: 'minute' | 'hour') =>
    (await its.keyUses.count(organisationId, key.id, span)).uses - 1;
  return { secret, id: key.id, countedBefore };
}

const platformOn = (its: Store, trustedProxies = 0): Platform =>
  createPlatform({ store: its, trustedProxies, logger: silentLogger });

interface From {
  readonly path?: string;
  readonly method?: string;
  readonly forwardedFor?: string;
  /** The address at the other end of the socket. */
  readonly address?: string;
}

async function request(platform: Platform, key: string, from: From = {}) {
  const { path = '/v1/widgets', method = 'GET', forwardedFor, address } = from;
  const headers = { 'X-API-Key': key, ...(forwardedFor !== undefined && { 'X-Forwarded-For': forwardedFor }) };
  const env = address === undefined ? {} : { incoming: { socket: { remoteAddress: address } } };
  const response = await platform.app.request(path, { method, headers }, env);
  const quota = ['Limit', 'Remaining', 'Reset'].map((field) => response.headers.get(`RateLimit-${field}`));
  return {
    status: response.status,
    quota,
    retryAfter: response.headers.get('Retry-After'),
    body: (await response.json()) as unknown,
  };
}

describe('limits', () => {
  // Ten seconds into a minute, twenty minutes into an hour: no test meets the end of either unless it means to.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2030-01-01T12:20:10.400Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('let as many requests through in a minute as they say, and again in the next', async () => {
    const platform = platformOn(store);
    const { secret } = await keyWith({ perMinute: 2 });
    expect(await request(platform, secret)).toMatchObject({ status: 200, quota: ['2', '1', '50'], retryAfter: null });
    expect(await request(platform, secret)).toMatchObject({ status: 200, quota: ['2', '0', '50'], retryAfter: null });
    expect(await request(platform, secret)).toEqual({
      status: 429,
      quota: ['2', '0', '50'],
      retryAfter: '50',
      body: {
        status: false,
        message: 'The API key may make 2 requests a minute; try again in 50 s',
        data: null,
        code: 'rate_limited',
      },
    });
    vi.setSystemTime(Date.parse('2030-01-01T12:20:59.999Z'));
    expect(await request(platform, secret)).toMatchObject({ status: 429, retryAfter: '1' });
    vi.setSystemTime(Date.parse('2030-01-01T12:21:00.000Z'));
    expect(await request(platform, secret)).toMatchObject({ status: 200, quota: ['2', '1', '60'] });
  });

  it('of an hour hold over its minutes', async () => {
    const platform = platformOn(store);
    const { secret } = await keyWith({ perHour: 2 });
    await request(platform, secret);
    vi.setSystemTime(Date.parse('2030-01-01T12:40:00.000Z'));
    expect(await request(platform, secret)).toMatchObject({ status: 200, quota: ['2', '0', '1200'] });
    expect(await request(platform, secret)).toMatchObject({
      status: 429,
      quota: ['2', '0', '1200'],
      retryAfter: '1200',
    });
    vi.setSystemTime(Date.parse('2030-01-01T13:00:00.000Z'));
    expect(await request(platform, secret)).toMatchObject({ status: 200, quota: ['2', '1', '3600'] });
  });

  it('tell of the one with the least left, and the minute spends nothing of the hour on what it refuses', async () => {
    const platform = platformOn(store);
    const { secret } = await keyWith({ perMinute: 2, perHour: 3 });
    const statuses: unknown[] = [];
    const next = async () => {
      const { status, quota } = await request(platform, secret);
      statuses.push([status, ...quota]);
    };
    for (let n = 0; n < 5; n += 1) await next();
    vi.setSystemTime(Date.parse('2030-01-01T12:21:00.000Z'));
    for (let n = 0; n < 2; n += 1) await next();
    expect(statuses).toEqual([
      [200, '2', '1', '50'],
      [200, '2', '0', '50'],
      [429, '2', '0', '50'],
      [429, '2', '0', '50'],
      [429, '2', '0', '50'],
      [200, '3', '0', '2340'],
      [429, '3', '0', '2340'],
    ]);
  });

  it('count every answer to the key, and tell of themselves in each', async () => {
    const platform = platformOn(store);
    const { secret } = await keyWith({ perMinute: 10 });
    const answers = [
      await request(platform, secret, { path: `/v1/widgets/${'0'.repeat(24)}` }),
      await request(platform, secret, { path: '/v1/nothing' }),
      await request(platform, secret, { path: '/v1/assistants', method: 'POST' }),
    ];
    expect(answers.map(({ status, quota }) => [status, quota[1]])).toEqual([
      [404, '9'],
      [404, '8'],
      [400, '7'],
    ]);
  });

  it('are each key’s own, and stay its own when it is rotated', async () => {
    const platform = platformOn(store);
    const { secret, id } = await keyWith({ perMinute: 2 });
    const other = await keyWith({ perMinute: 2 });
    await request(platform, secret);
    const { body } = await request(platform, secret, { path: `/v1/auth/keys/${id}/rotate`, method: 'POST' });
    const { data } = body as { data: { key: string } };
    expect((await request(platform, data.key)).status).toBe(429);
    expect((await request(platform, other.secret)).status).toBe(200);
  });

  it('that are none write nothing and say nothing', async () => {
    const platform = platformOn(store);
    const { secret, countedBefore } = await keyWith({ allowedIps: ['192.0.2.1'] });
    const answer = await request(platform, secret, { address: '192.0.2.1' });
    expect(answer).toMatchObject({ status: 200, quota: [null, null, null], retryAfter: null });
    expect([await countedBefore('minute'), await countedBefore('hour')]).toEqual([0, 0]);
  });

  it('hold over two platforms on one store', async () => {
    await allowOnly([platformOn(store), platformOn(store)], await keyWith({ perMinute: 7, perHour: 100 }), 7);
  });

  it.runIf(onServer)('hold over two stores on one database', async () => {
    const { options, drop } = await newDatabase();
    onTestFinished(drop);
    const stores = [await openStore(options), await openStore(options)];
    onTestFinished(() => Promise.all(stores.map((each) => each.close())).then(() => {}));
    const key = await keyWith({ perMinute: 100, perHour: 7 }, stores[0]);
    await allowOnly(
      stores.map((each) => platformOn(each)),
      key,
      7,
    );
  });

  async function allowOnly(platforms: readonly Platform[], { secret }: { secret: string }, most: number) {
    const requests = platforms.flatMap((platform) => Array.from({ length: most }, () => request(platform, secret)));
    const answers = await Promise.all(requests);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(most);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(answers.length - most);
    // Each of those let in was told another number: none was counted twice.
    const left = answers.filter(({ status }) => status === 200).map(({ quota }) => quota[1]);
    expect(new Set(left).size).toBe(most);
  }
});

describe('allowed addresses', () => {
  const LIST = ['192.0.2.0/24', '2001:db8::/32'];

  async function open(trustedProxies = 0) {
    const key = await keyWith({ allowedIps: LIST, perMinute: 100 });
    return { platform: platformOn(store, trustedProxies), ...key };
  }

  it.each(['192.0.2.7', '::ffff:192.0.2.7', '2001:db8::7'])('let %s in', async (address) => {
    const { platform, secret } = await open();
    expect((await request(platform, secret, { address })).status).toBe(200);
  });

  it('refuse any other without naming the key, and count nothing', async () => {
    const { platform, secret, id, countedBefore } = await open();
    const answer = await request(platform, secret, { address: '198.51.100.7' });
    expect(answer).toEqual({
      status: 403,
      quota: [null, null, null],
      retryAfter: null,
      body: { status: false, message: 'The API key may not be used from this address', data: null },
    });
    expect(JSON.stringify(answer)).not.toContain(id);
    expect(await countedBefore('minute')).toBe(0);
  });

  it('refuse a request whose address is not known', async () => {
    const { platform, secret } = await open();
    expect(await request(platform, secret)).toMatchObject({
      status: 403,
      body: { message: 'The API key may not be used from an address that is not known' },
    });
  });

  it.each([
    // Whoever asks without a trusted proxy may write what they like.
    [0, '192.0.2.7', '198.51.100.7', 403],
    [0, '198.51.100.7', '192.0.2.7', 200],
    [1, '192.0.2.7', '10.0.0.1', 200],
    [1, '192.0.2.7, 198.51.100.7', '10.0.0.1', 403],
    [1, '198.51.100.7, 2001:db8::7', '10.0.0.1', 200],
    [2, '192.0.2.7, 10.0.0.2', '10.0.0.1', 200],
    [2, '192.0.2.7, 198.51.100.7, 10.0.0.2', '10.0.0.1', 403],
    [2, '192.0.2.7', '192.0.2.8', 403],
    [1, 'unknown', '192.0.2.7', 403],
  ])('behind %d trusted proxies, forwarded for %s by %s, answer %d', async (proxies, forwardedFor, address, status) => {
    const { platform, secret } = await open(proxies);
    expect((await request(platform, secret, { forwardedFor, address })).status).toBe(status);
  });

  it('are looked for on the socket of a platform that is served', async () => {
    const gateway = { handle() {}, async drain() {} };
    // The store is everybody's here.
    const platform = { ...platformOn(store), async close() {} };
    const serving = await servePlatform({ platform, gateway, port: 0 });
    onTestFinished(() => serving.close());
    const statusOf = async (key: { secret: string }) =>
      (await fetch(`${serving.url}/v1/widgets`, { headers: { 'X-API-Key': key.secret } })).status;
    expect(await statusOf(await keyWith({ allowedIps: ['127.0.0.0/8'] }))).toBe(200);
    expect(await statusOf(await keyWith({ allowedIps: ['192.0.2.1'] }))).toBe(403);
  });

  it.each([-1, 1.5, Number.NaN])('a number of trusted proxies of %d is refused at once', (trustedProxies) => {
    expect(() => createPlatform({ store, trustedProxies })).toThrow(TypeError);
  });
});
