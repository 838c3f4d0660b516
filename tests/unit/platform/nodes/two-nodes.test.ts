import { beforeEach, describe, expect, it } from 'vitest';
import { GatewayClient } from '../../../gateway-client.ts';
import { northwind } from '../site/northwind.ts';
import { type Customer, customerOf, type Node, twoNodes } from './nodes.ts';

describe('two nodes', () => {
  let one: Node;
  let other: Node;
  let customer: Customer;
  beforeEach(async () => {
    [one, other] = await twoNodes();
    customer = await customerOf(one.store);
  });

  async function createCall(node: Node): Promise<{ id: string; url: string }> {
    const { body } = await node.ask('POST', '/v1/widgets/create-call', customer.key, { widget_id: customer.widgetId });
    return { id: body.call_id, url: body.gateway.url };
  }

  async function answerTo(node: Node, question: string): Promise<string> {
    const { url } = await createCall(one);
    const client = await GatewayClient.call(node.here(url));
    client.send({ type: 'text', id: 'q1', text: question });
    await client.next('turn_end');
    const answer = client.said('assistant');
    await client.hangUp();
    return answer;
  }

  it('a call that one created goes live on the other, and the first tells of it', async () => {
    const { id, url } = await createCall(one);
    const client = await GatewayClient.call(other.here(url));
    const started = await one.ask('GET', `/v1/calls/${id}`, customer.key);
    expect(started.body.data).toMatchObject({ status: 1, started_at: expect.any(String) });
    client.send({ type: 'text', id: 'q1', text: 'Hello' });
    await client.next('turn_end');
    await client.hangUp();
    await expect
      .poll(async () => (await one.ask('GET', `/v1/calls/${id}`, customer.key)).body.data)
      .toMatchObject({ status: 2, end_reason: 'visitor' });
    const { body } = await one.ask('GET', `/v1/calls/${id}/transcripts`, customer.key);
    expect(body.data[0]).toMatchObject({ role: 'user', text: 'Hello' });
  });

  it('of two sockets for one call, one on each, exactly one lives', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { url } = await createCall(one);
      const clients = [one, other].map((node) => new GatewayClient(node.here(url)));
      await Promise.all(clients.map((client) => client.opened()));
      await Promise.all(clients.map((client) => client.start()));
      const outcome = async (client: GatewayClient): Promise<string> =>
        Promise.race([client.next('ready').then(() => 'ready'), client.closed.then(({ reason }) => reason)]).catch(
          async () => (await client.closed).reason,
        );
      const outcomes = await Promise.all(clients.map(outcome));
      expect(outcomes.toSorted()).toEqual(['already started', 'ready']);
      await clients[outcomes.indexOf('ready')]!.hangUp();
    }
  });

  it('a key that one issued works on the other, and is refused there as soon as the first has revoked it', async () => {
    const { organisationId } = customer;
    const { secret, key } = await one.store.keys.issue(organisationId, { name: 'new', scopes: ['widgets:read'] });
    expect((await other.ask('GET', '/v1/widgets', secret)).status).toBe(200);
    await one.store.keys.revoke(organisationId, key.id);
    expect((await other.ask('GET', '/v1/widgets', secret)).status).toBe(401);
  });

  it('answer from the pages that either has read, and from new ones as soon as a call begins', async () => {
    const { organisationId, assistantId } = customer;
    const question = 'How much is the harvest bowl?';
    expect(await answerTo(other, question)).toContain("I don't know that");

    await one.store.sitePages.replace(organisationId, assistantId, northwind());
    expect(await answerTo(other, question)).toContain('Harvest bowl: $13');
    expect(await answerTo(one, question)).toContain('Harvest bowl: $13');

    const text = 'Harvest bowl: $99. Now with gold.';
    const changed = { url: 'https://northwind.example/', title: 'Menu', sections: [{ heading: 'Bowls', text }] };
    await other.store.sitePages.replace(organisationId, assistantId, [changed]);
    expect(await answerTo(one, question)).toContain('$99');
    expect(await answerTo(other, question)).toContain('$99');
  });

  it('that read a site at the same time leave the pages of one of them, whole', async () => {
    const { organisationId, assistantId } = customer;
    const site = (name: string, pages: number) =>
      Array.from({ length: pages }, (_, index) => ({ url: `https://a.example/${index}`, title: name, sections: [] }));
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([
        one.store.sitePages.replace(organisationId, assistantId, site('one', 3)),
        other.store.sitePages.replace(organisationId, assistantId, site('other', 2)),
      ]);
      const titles = (await one.store.sitePages.list(organisationId, assistantId)).map(({ title }) => title);
      expect([
        ['one', 'one', 'one'],
        ['other', 'other'],
      ]).toContainEqual(titles);
    }
  });
});
