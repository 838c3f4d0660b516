import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHealth } from '../../../../src/platform/api/health.ts';
import { createPlatform, silentLogger } from '../../../../src/platform/platform.ts';
import { emptyStore, storeOfTest } from '../store/stores.ts';

const READY = { status: 200, body: { status: true, message: 'Ready' } };
const SILENT = { status: 503, body: { status: false, message: 'The database does not answer', data: null } };

async function ask(app: { request(path: string): Response | Promise<Response> }, path: string) {
  const response = await app.request(path);
  return { status: response.status, body: await response.json() };
}

describe('/healthz', () => {
  it('asks no database', async () => {
    const store = await emptyStore();
    const { app } = createPlatform({ store, logger: silentLogger });
    await store.close();
    expect(await ask(app, '/healthz')).toEqual({ status: 200, body: { status: true, message: 'Healthy' } });
  });
});

describe('/readyz', () => {
  it('answers 200 without a key while the database answers', async () => {
    const { app } = createPlatform({ store: await storeOfTest(), logger: silentLogger });
    // The clock stands still: however long the database takes on this machine, it is in time.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    expect(await ask(app, '/readyz')).toEqual(READY);
  });

  it('answers 503 when the store is closed', async () => {
    const store = await emptyStore();
    const { app } = createPlatform({ store, logger: silentLogger });
    await store.close();
    expect(await ask(app, '/readyz')).toEqual(SILENT);
  });

  it('answers 503 while the database keeps silent, whom it asks once only, and 200 when it answers again', async () => {
    let asked = 0;
    let answer = (): void => {};
    const ping = (): Promise<void> => {
      asked += 1;
      return asked === 1 ? new Promise((resolve) => (answer = resolve)) : Promise.resolve();
    };
    const { routes } = createHealth({ ping, answerWithinMs: 1 });
    expect(await ask(routes, '/readyz')).toEqual(SILENT);
    expect(await ask(routes, '/readyz')).toEqual(SILENT);
    expect(asked).toBe(1);
    answer();
    await new Promise(setImmediate);
    expect(await ask(routes, '/readyz')).toEqual(READY);
    expect(asked).toBe(2);
  });

  it('answers 503 once somebody is about to stop it, /healthz still 200', async () => {
    const platform = createPlatform({ store: await storeOfTest(), logger: silentLogger });
    platform.retire();
    const stopping = { status: false, message: 'Stopping', data: null };
    expect(await ask(platform.app, '/readyz')).toEqual({ status: 503, body: stopping });
    expect((await ask(platform.app, '/healthz')).status).toBe(200);
  });
});
