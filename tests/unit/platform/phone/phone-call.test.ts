/** A phone call from the request to the last word, over real sockets, on two nodes that share a database. */

import { expect, it, onTestFinished } from 'vitest';
import { createGateway, createPlatform, servePlatform, silentLogger } from '../../../../src/platform/platform.ts';
import type { Store } from '../../../../src/platform/store/store.ts';
import { GatewayClient } from '../../../gateway-client.ts';
import { storeOfTest } from '../store/stores.ts';
import { FakeClock, ScriptedEars, ScriptedMind, ToneMouth } from '../voice/gateway-rig.ts';

/** A node of a platform, which leaves the store to the test. */
async function node(store: Store) {
  const platform = createPlatform({ store, logger: silentLogger });
  const gateway = createGateway({
    desk: platform.desk,
    ears: new ScriptedEars(),
    mind: new ScriptedMind(),
    mouth: new ToneMouth(),
    clock: new NowClock(),
  });
  const serving = await servePlatform({ platform, gateway, port: 0, drainMs: 0 });
  onTestFinished(() => serving.close());
  return serving;
}

/** Stands still, at this moment: rows are dated by the real clock. */
class NowClock extends FakeClock {
  #nowMs = Date.now();
  override now(): number {
    return this.#nowMs;
  }
}

async function customer(store: Store) {
  const { id: organisationId } = await store.organisations.named('Acme Inc');
  const { id: assistantId } = await store.assistants.create(organisationId, { name: 'Sam', first_message: 'Hello' });
  const number = { assistantId, phoneNumber: '+14155550100', provider: 'twilio' } as const;
  const purchase = (await store.phonePurchases.create(organisationId, number))!;
  const scopes = ['calls:read', 'calls:write'] as const;
  const { secret } = await store.keys.issue(organisationId, { name: 'test', scopes });
  return { assistantId, purchase, secret };
}

interface Data {
  readonly id: string;
  readonly status: number;
  readonly end_reason?: string;
  readonly phone: { readonly status: string };
  readonly gateway: { readonly url: string };
}

it('rings, is picked up on the other node, is talked on, and is over', async () => {
  const store = await storeOfTest();
  const { assistantId, purchase, secret } = await customer(store);
  const [one, two] = [await node(store), await node(store)];
  const request = async (url: string, method: string, path: string, body?: object) => {
    const response = await fetch(url + path, {
      method,
      headers: { 'X-API-Key': secret, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return ((await response.json()) as { data: Data }).data;
  };
  const told = () => request(one.url, 'GET', `/v1/calls/${id}`);

  const { id } = await request(one.url, 'POST', '/v1/calls/phone/initiate', {
    phone_purchase_id: purchase.id,
    phoneNumber: '+14155552671',
    provider: 'twilio',
  });
  expect(await told()).toMatchObject({ status: 0, phone: { status: 'ringing' } });
  const unanswered = `${two.url.replace('http', 'ws')}/new-web-call/connection?assistant_id=${assistantId}&call_id=${id}`;
  expect(await new GatewayClient(unanswered).closed).toEqual({ code: 1008, reason: 'not answered' });

  const { gateway } = await request(two.url, 'POST', `/v1/calls/${id}/answer`);
  expect(gateway.url).toBe(unanswered);
  expect(await told()).toMatchObject({ phone: { status: 'in_progress' } });
  const client = await GatewayClient.call(gateway.url);
  await client.next('turn_end');
  expect(client.said('assistant')).toBe('Hello');
  const second = new GatewayClient(gateway.url);
  await second.start();
  expect(await second.closed).toEqual({ code: 1008, reason: 'already started' });
  expect(await told()).toMatchObject({ status: 1, phone: { status: 'in_progress' } });

  await client.hangUp();
  await expect.poll(told).toMatchObject({ status: 2, end_reason: 'visitor', phone: { status: 'completed' } });
  expect(await new GatewayClient(gateway.url).closed).toEqual({ code: 1008, reason: 'call over' });
});
