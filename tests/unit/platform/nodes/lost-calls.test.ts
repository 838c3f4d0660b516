import { beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../src/platform/api/log.ts';
import { endLostCalls } from '../../../../src/platform/store/lost-calls.ts';
import type { Store } from '../../../../src/platform/store/store.ts';
import { sweep, SWEEPS } from '../../../../src/platform/sweeps.ts';
import { emptyStore } from '../store/stores.ts';

describe('calls whose node is gone', () => {
  let store: Store;
  let acme: { organisationId: string; brief: string; patient: string };
  let northwind: typeof acme;

  /** An organisation with an assistant whose calls last a minute at most, and one whose calls last ten. */
  async function organisation(name: string): Promise<typeof acme> {
    const { id: organisationId } = await store.organisations.named(name);
    const assistant = async (max_duration_s: number) =>
      (await store.assistants.create(organisationId, { name: 'Sam', max_duration_s })).id;
    return { organisationId, brief: await assistant(60), patient: await assistant(600) };
  }

  beforeEach(async () => {
    store = await emptyStore();
    acme = await organisation('Acme Inc');
    northwind = await organisation('Northwind Catering');
    return () => store.close();
  });

  async function call({ organisationId }: typeof acme, assistantId: string, live = true): Promise<string> {
    const { id } = await store.calls.create(organisationId, { assistantId });
    if (live) await store.calls.wentLive(organisationId, id);
    return id;
  }

  const find = ({ organisationId }: typeof acme, id: string) => store.calls.find(organisationId, id);
  const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

  it('end as lost, of every organisation, once no call of their assistant could last longer', async () => {
    const brief = await call(acme, acme.brief);
    const patient = await call(acme, acme.patient);
    const elsewhere = await call(northwind, northwind.brief);
    expect(await endLostCalls(store, inSeconds(100))).toBe(0);

    const now = inSeconds(200);
    expect(await endLostCalls(store, now)).toBe(2);
    const lost = { endedAt: now, endReason: 'lost', durationMs: null };
    expect(await find(acme, brief)).toMatchObject(lost);
    expect(await find(northwind, elsewhere)).toMatchObject(lost);
    expect(await find(acme, patient)).toMatchObject({ endedAt: null, endReason: null });

    expect(await endLostCalls(store, inSeconds(700))).toBe(1);
    expect(await find(acme, patient)).toMatchObject({ endReason: 'lost' });
    expect(await find(acme, brief)).toMatchObject(lost);
  });

  it('end as abandoned where nobody came in time, and then nobody can come any more', async () => {
    const id = await call(acme, acme.patient, false);
    expect(await endLostCalls(store, inSeconds(100))).toBe(0);
    const now = inSeconds(200);
    expect(await endLostCalls(store, now)).toBe(1);
    expect(await find(acme, id)).toMatchObject({ endedAt: now, endReason: 'abandoned', liveAt: null, durationMs: 0 });
    expect(await store.calls.wentLive(acme.organisationId, id)).toBe(false);
  });

  it('stay as they are where they have ended, or ring', async () => {
    const ended = await call(acme, acme.brief);
    await store.calls.ended(acme.organisationId, ended, { reason: 'visitor', durationMs: 1_000 });
    const before = await find(acme, ended);
    const from = { assistantId: acme.brief, phoneNumber: '+14155550100', provider: 'twilio' } as const;
    const purchase = (await store.phonePurchases.create(acme.organisationId, from))!;
    const phone = { purchaseId: purchase.id, number: '+14155552671' };
    const { id: ringing } = await store.calls.create(acme.organisationId, { assistantId: acme.brief, phone });
    await store.calls.rings(acme.organisationId, ringing);
    expect(await endLostCalls(store, inSeconds(100_000))).toBe(0);
    expect(await find(acme, ended)).toEqual(before);
    expect(await find(acme, ringing)).toMatchObject({ endedAt: null });
  });

  it('end once, however many nodes sweep, and keep their end when their node comes back to life', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => call(acme, acme.brief)));
    const sweeps = await Promise.all(Array.from({ length: 5 }, () => endLostCalls(store, inSeconds(200))));
    expect(sweeps.reduce((sum, ended) => sum + ended, 0)).toBe(20);
    const late = { reason: 'visitor', durationMs: 9_000 };
    expect(await store.calls.ended(acme.organisationId, ids[0]!, late)).toBe(false);
    expect(await find(acme, ids[0]!)).toMatchObject({ endReason: 'lost' });
  });

  it('are swept with all else that needs it, and a sweep that fails keeps no other from its work', async () => {
    const sweeps = { 'first of all': () => Promise.reject(new Error('no')), ...SWEEPS };
    const id = await call(acme, acme.brief);
    const errors: unknown[] = [];
    const logger = { ...silentLogger, error: (event: string, fields?: object) => errors.push({ event, ...fields }) };
    await sweep(store, logger, inSeconds(200), sweeps);
    expect(errors).toMatchObject([{ event: 'sweep failed', sweep: 'first of all' }]);
    expect(await find(acme, id)).toMatchObject({ endReason: 'lost' });
  });
});
