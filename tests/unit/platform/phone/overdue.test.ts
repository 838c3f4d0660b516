import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createPlatform, type Logger, silentLogger, simulatedDialler } from '../../../../src/platform/platform.ts';
import { endOverdueRinging } from '../../../../src/platform/phone/overdue.ts';
import type { OutboundCall } from '../../../../src/platform/phone/dialler.ts';
import { createPhoneDesk } from '../../../../src/platform/store/phone-desk.ts';
import type { Store } from '../../../../src/platform/store/store.ts';
import { storeOfTest } from '../store/stores.ts';

let store: Store;
let owner: string;
beforeEach(async () => {
  store = await storeOfTest();
  owner = (await store.organisations.named('Acme Inc')).id;
});

async function phoneCall(organisationId = owner, phoneNumber = '+14155550100'): Promise<string> {
  const { id: assistantId } = await store.assistants.create(organisationId, { name: 'Sam' });
  const fields = { assistantId, phoneNumber, provider: 'twilio' } as const;
  const known = (await store.phonePurchases.list(organisationId)).rows[0];
  const purchase = known ?? (await store.phonePurchases.create(organisationId, fields))!;
  const phone = { purchaseId: purchase.id, number: '+14155552671' };
  return (await store.calls.create(organisationId, { assistantId: purchase.assistantId, phone })).id;
}

const find = async (id: string, organisationId = owner) => (await store.calls.find(organisationId, id))!;

describe('endOverdueRinging', () => {
  it('ends a call that has rung for 30 s, and none a moment earlier', async () => {
    const id = await phoneCall();
    await store.calls.rings(owner, id);
    const rangAt = (await find(id)).ringingAt!.getTime();
    expect(await endOverdueRinging(store, rangAt + 29_999)).toEqual([]);
    expect(await find(id)).toMatchObject({ endedAt: null });
    expect(await endOverdueRinging(store, rangAt + 30_000)).toEqual([id]);
    expect(await find(id)).toMatchObject({ endedAt: expect.any(Date), endReason: 'no_answer', durationMs: 0 });
    expect(await endOverdueRinging(store, rangAt + 30_000)).toEqual([]);
  });

  it('ends those of every organisation', async () => {
    const { id: other } = await store.organisations.named('Northwind Catering');
    const ids = [await phoneCall(), await phoneCall(other, '+14155550199')];
    await store.calls.rings(owner, ids[0]!);
    await store.calls.rings(other, ids[1]!);
    expect((await endOverdueRinging(store, Date.now() + 60_000)).toSorted()).toEqual(ids.toSorted());
    expect(await find(ids[1]!, other)).toMatchObject({ endReason: 'no_answer' });
  });

  it('lets a telephone ring for as long as it is told', async () => {
    const id = await phoneCall();
    await store.calls.rings(owner, id);
    const rangAt = (await find(id)).ringingAt!.getTime();
    expect(await endOverdueRinging(store, rangAt + 89_999, 90_000)).toEqual([]);
    expect(await endOverdueRinging(store, rangAt + 90_000, 90_000)).toEqual([id]);
  });

  it('ends as failed what was picked up a minute ago and never heard, not what is live', async () => {
    const [silent, live] = [await phoneCall(), await phoneCall()];
    for (const id of [silent, live]) {
      await store.calls.rings(owner, id);
      await store.calls.answered(owner, id);
    }
    await store.calls.wentLive(owner, live);
    const answeredAt = (await find(silent)).answeredAt!.getTime();
    expect(await endOverdueRinging(store, answeredAt + 59_999)).toEqual([]);
    expect(await endOverdueRinging(store, answeredAt + 86_400_000)).toEqual([silent]);
    expect(await find(silent)).toMatchObject({ endReason: 'failed' });
    expect(await find(live)).toMatchObject({ endedAt: null });
  });

  it('ends as failed a phone call that never rang, and leaves web calls alone', async () => {
    const id = await phoneCall();
    const { id: assistantId } = await store.assistants.create(owner, { name: 'Sam' });
    const web = await store.calls.create(owner, { assistantId });
    const createdAt = (await find(id)).createdAt.getTime();
    expect(await endOverdueRinging(store, createdAt + 299_999)).toEqual([]);
    expect(await endOverdueRinging(store, createdAt + 86_400_000)).toEqual([id]);
    expect(await find(id)).toMatchObject({ endReason: 'failed' });
    expect(await find(web.id)).toMatchObject({ endedAt: null });
  });
});

describe('a pick-up', () => {
  it('is that of one, of all who try at the same time', async () => {
    const id = await phoneCall();
    expect(await store.calls.answered(owner, id)).toBe(false);
    await store.calls.rings(owner, id);
    const answers = await Promise.all([1, 2, 3].map(() => store.calls.answered(owner, id)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await store.calls.unanswered(owner, id, 'declined')).toBe(false);
  });
});

describe('the simulated dialler', () => {
  const dialled = async (): Promise<OutboundCall> => ({
    callId: await phoneCall(),
    organisationId: owner,
    from: '+14155550100',
    to: '+14155552671',
    provider: 'twilio',
    gateway: { transport: 'websocket', path: '/', url: 'wss://voice.example.com/' },
  });

  const over = async ({ callId }: OutboundCall): Promise<void> => {
    await expect.poll(async () => (await find(callId)).endedAt).not.toBeNull();
  };

  function open(ringsForMs: number, logger: Logger = silentLogger) {
    const dialler = simulatedDialler({ store, logger, ringsForMs })(createPhoneDesk(store));
    onTestFinished(() => dialler.close());
    return dialler;
  }

  it('rings, and ends what nobody picks up', async () => {
    const call = await dialled();
    await open(20).dial(call);
    await over(call);
    expect(await find(call.callId)).toMatchObject({ ringingAt: expect.any(Date), endReason: 'no_answer' });
  });

  it('ends what another node, which is gone, has left ringing', async () => {
    const lost = await dialled();
    const gone = simulatedDialler({ store, logger: silentLogger, ringsForMs: 20 })(createPhoneDesk(store));
    await gone.dial(lost);
    await gone.close();
    const call = await dialled();
    await open(20).dial(call);
    await over(call);
    expect(await find(lost.callId)).toMatchObject({ endReason: 'no_answer' });
  });

  it('leaves alone what was picked up', async () => {
    const [call, other] = [await dialled(), await dialled()];
    const desk = createPhoneDesk(store);
    const dialler = simulatedDialler({ store, logger: silentLogger, ringsForMs: 20 })({
      ...desk,
      // Picked up as soon as it rings: after that the 20 ms might be over first.
      rings: async (id) => (await desk.rings(id)) && (id !== call.callId || desk.answered(id)),
    });
    onTestFinished(() => dialler.close());
    await dialler.dial(call);
    await dialler.dial(other);
    await over(other);
    expect(await find(call.callId)).toMatchObject({ endedAt: null });
  });

  it('reports nothing once it is closed', async () => {
    const events: string[] = [];
    const logger: Logger = { info: (event) => events.push(event), error: (event) => events.push(event) };
    const dialler = simulatedDialler({ store, logger, ringsForMs: 0 })(createPhoneDesk(store));
    const [first, late] = [await dialled(), await dialled()];
    await dialler.dial(first);
    await dialler.close();
    await dialler.dial(late);
    await dialler.close();
    // Another dialler's timer is later than those of the closed one would have been.
    const witness = await dialled();
    await open(10).dial(witness);
    await over(witness);
    expect(events).toEqual([]);
  });
});

describe('a call that rings too long on a node that is gone', () => {
  it('is neither shown as ringing nor picked up on another', async () => {
    const { secret } = await store.keys.issue(owner, { name: 'test', scopes: ['calls:read', 'calls:write'] });
    const dialler = simulatedDialler({ store, logger: silentLogger, ringsForMs: 0 });
    const { app } = createPlatform({ store, logger: silentLogger, dialler });
    const request = async (method: string, path: string) => {
      const response = await app.request(path, { method, headers: { 'X-API-Key': secret } });
      return { status: response.status, data: ((await response.json()) as { data: unknown }).data };
    };
    const [listed, pickedUp, declined] = [await phoneCall(), await phoneCall(), await phoneCall()];

    await store.calls.rings(owner, pickedUp);
    expect((await request('POST', `/v1/calls/${pickedUp}/answer`)).status).toBe(409);
    await store.calls.rings(owner, declined);
    expect((await request('POST', `/v1/calls/${declined}/decline`)).status).toBe(409);
    await store.calls.rings(owner, listed);
    expect((await request('GET', '/v1/calls?type=phone&status=ringing')).data).toEqual([]);
    for (const id of [listed, pickedUp, declined]) {
      expect((await request('GET', `/v1/calls/${id}`)).data).toMatchObject({ phone: { status: 'no_answer' } });
    }
  });
});
