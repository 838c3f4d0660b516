import { describe, expect, it, vi } from 'vitest';
import { openStore, servePlatform, type ServeOptions, type Store } from '../../../../src/platform/platform.ts';
import { deferred } from '../../../../src/platform/voice/deferred.ts';
import { GatewayClient } from '../../../gateway-client.ts';
import { openPlatform } from '../api/api.ts';
import { databaseOfTest, emptyStore } from '../store/stores.ts';
import { customerOf, startNode } from './nodes.ts';

/** Lets each call of a function wait until the test opens the gate. */
function gated<Parameters extends unknown[], Result>(work: (...parameters: Parameters) => Promise<Result>) {
  const gate = deferred<void>();
  let waiting = 0;
  return {
    reachedBy: (number: number) => vi.waitFor(() => expect(waiting).toBe(number), { timeout: 10_000 }),
    open: () => gate.resolve(),
    async work(...parameters: Parameters): Promise<Result> {
      waiting += 1;
      await gate.promise;
      return work(...parameters);
    },
  };
}

/** Settles once everything that could have happened by now has happened to a promise or not. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const none = Symbol('none');
  await new Promise(setImmediate);
  return (await Promise.race([promise, Promise.resolve(none)])) === none;
}

const readiness = async (url: string): Promise<unknown> => {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, body: await response.json() };
};
const STOPPING = { status: 503, body: { status: false, message: 'Stopping', data: null } };

describe('a node that stops', () => {
  it('says so first, lets its calls say goodbye, and closes the store when the last write is done', async () => {
    const options = await databaseOfTest();
    const store = await openStore(options);
    const customer = await customerOf(store);
    let ending: ReturnType<typeof gated<[string, { reason: string; durationMs: number }], void>>;
    const node = await startNode(store, {
      drainMs: 60_000,
      desk: (own) => {
        ending = gated(own.ended);
        return { ...own, ended: ending.work };
      },
    });
    const created = await node.ask('POST', '/v1/widgets/create-call', customer.key, { widget_id: customer.widgetId });
    const client = await GatewayClient.call(created.body.gateway.url);

    const closing = node.serving.close();
    expect(await readiness(node.serving.url)).toEqual(STOPPING);
    expect((await fetch(`${node.serving.url}/healthz`)).status).toBe(200);
    await client.next('end', ({ reason }) => reason === 'drained');
    expect(client.said('assistant')).toMatch(/Goodbye\.$/);
    await ending!.reachedBy(1);
    expect(await isPending(closing)).toBe(true);
    expect(await readiness(node.serving.url)).toEqual(STOPPING);
    ending!.open();
    await closing;

    const again = await openStore(options);
    const call = await again.calls.find(customer.organisationId, created.body.call_id);
    await again.close();
    expect(call).toMatchObject({ endReason: 'drained', endedAt: expect.any(Date) });
  });

  it('answers the requests that are under way, and has what they wrote', async () => {
    const options = await databaseOfTest();
    const store = await openStore(options);
    const customer = await customerOf(store);
    const create = gated(store.calls.create.bind(store.calls));
    store.calls.create = create.work;
    const node = await startNode(store, { finishMs: 60_000 });
    const body = { widget_id: customer.widgetId };
    const requests = [1, 2, 3].map(() => node.ask('POST', '/v1/widgets/create-call', customer.key, body));
    await create.reachedBy(3);

    const closing = node.serving.close();
    await vi.waitFor(() => expect(readiness(node.serving.url)).rejects.toThrow('fetch failed'), { timeout: 10_000 });
    expect(await isPending(closing)).toBe(true);
    create.open();
    const answers = await Promise.all(requests);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    await closing;

    const again = await openStore(options);
    const { rows } = await again.calls.list(customer.organisationId);
    await again.close();
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(answers.map(({ body }) => body.call_id)));
  });

  it('does not wait for ever for a request that never ends', async () => {
    const store = await emptyStore();
    const customer = await customerOf(store);
    const create = gated(store.calls.create.bind(store.calls));
    store.calls.create = create.work;
    const node = await startNode(store, { finishMs: 1 });
    const request = node.ask('POST', '/v1/widgets/create-call', customer.key, { widget_id: customer.widgetId });
    const cut = request.catch((cause: unknown) => cause);
    await create.reachedBy(1);
    await node.serving.close();
    expect(await cut).toMatchObject({ message: 'fetch failed' });
    create.open();
  });

  it('keeps its port open for as long as it was told to, so that it is noticed', async () => {
    const store = await emptyStore();
    const node = await startNode(store, { noticeMs: 300 });
    const began = performance.now();
    await node.serving.close();
    // A timer may be a millisecond early.
    expect(performance.now() - began).toBeGreaterThan(298);
  });

  it('sweeps when it starts and every minute, and no more once it stops', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const { platform } = await openPlatform();
      let sweeps = 0;
      const swept = { ...platform, sweep: async () => void (sweeps += 1) };
      const gateway: ServeOptions['gateway'] = { handle() {}, drain: () => Promise.resolve() };
      const serving = await servePlatform({ platform: swept, gateway, port: 0 });
      await vi.waitFor(() => expect(sweeps).toBe(1));
      vi.advanceTimersByTime(60_000);
      await vi.waitFor(() => expect(sweeps).toBe(2));
      await serving.close();
      vi.advanceTimersByTime(600_000);
      await new Promise(setImmediate);
      expect(sweeps).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a store that is closed', () => {
  it('first writes what waits, however much that is', async () => {
    const options = await databaseOfTest();
    const store: Store = await openStore(options);
    const { id } = await store.organisations.named('Acme Inc');
    const writes = Array.from({ length: 100 }, (_, index) => store.assistants.create(id, { name: `Sam ${index}` }));
    // Their statements have been made by then, and most of them wait for one of a few connections.
    await new Promise(setImmediate);
    const closing = store.close();
    const written = await Promise.all(writes);
    await closing;
    const again = await openStore(options);
    const { rows } = await again.assistants.list(id);
    await again.close();
    expect(rows).toHaveLength(written.length);
  });
});
