/**
 * A platform on a folder that writes without pause until it is killed, several things at a time. What has been
 * acknowledged it says, a line of JSON each: a pipe takes it before the next statement runs. See `crash.test.ts`.
 */

import { createPlatform, openStore, SCOPES, silentLogger } from '../../../../src/platform/platform.ts';

/** What a client or a gateway was told. */
export type Acknowledged =
  | { readonly kind: 'key'; readonly id: string; readonly revoked: boolean }
  | { readonly kind: 'assistant'; readonly name: string }
  | { readonly kind: 'widget'; readonly id: string; readonly text: string | null }
  | { readonly kind: 'deleted'; readonly id: string }
  | { readonly kind: 'call'; readonly id: string; readonly reason: string | null }
  | { readonly kind: 'line'; readonly call: string; readonly id: string; readonly text: string }
  | { readonly kind: 'rating'; readonly call: string; readonly rating: number };

/** Of the answers that are looked at. */
interface Answer {
  readonly data: { readonly id: string };
  readonly call_id: string;
}

const LANES = 3;
const [folder, round] = process.argv.slice(2) as [string, string];
const store = await openStore({ folder });
const platform = createPlatform({ store, logger: silentLogger });
const { id: organisationId } = await store.organisations.named('Acme Inc');
const main = await store.keys.issue(organisationId, { name: 'main', scopes: SCOPES });
const say = (fact: Acknowledged): void => void process.stdout.write(`${JSON.stringify(fact)}\n`);
say({ kind: 'key', id: main.key.id, revoked: false });
const assistant = await store.assistants.create(organisationId, { name: `Sam of ${round}` });

async function ask(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { 'X-API-Key': main.secret, 'Content-Type': 'application/json' };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await platform.app.request(path, init);
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

async function write(name: string): Promise<void> {
  const persona = { company_name: 'Acme Inc', industry: 'ecommerce', language: 'English', voice: 'female' };
  await ask('POST', '/v1/assistants', { name, ...persona, task_type: 'lead_qualification' });
  say({ kind: 'assistant', name });

  const widget = (await ask('POST', '/v1/widgets', { assistantId: assistant.id })).data;
  say({ kind: 'widget', id: widget.id, text: null });
  await ask('PATCH', `/v1/widgets/${widget.id}`, { call_to_action: name });
  say({ kind: 'widget', id: widget.id, text: name });
  const spare = (await ask('POST', '/v1/widgets', {})).data;
  await ask('DELETE', `/v1/widgets/${spare.id}`);
  say({ kind: 'deleted', id: spare.id });

  const call = (await ask('POST', '/v1/widgets/create-call', { widget_id: widget.id })).call_id;
  say({ kind: 'call', id: call, reason: null });
  await platform.desk.wentLive(call);
  for (const id of ['u1', 'a1']) {
    await platform.desk.said(call, { id, role: 'user', text: `${id} ${name}`, atMs: 0 });
    say({ kind: 'line', call, id, text: `${id} ${name}` });
  }
  await platform.desk.rated(call, { rating: 4, comment: name });
  say({ kind: 'rating', call, rating: 4 });
  await platform.desk.ended(call, { reason: 'visitor', durationMs: 1 });
  say({ kind: 'call', id: call, reason: 'visitor' });

  const { key } = await store.keys.issue(organisationId, { name, scopes: ['calls:read'] });
  say({ kind: 'key', id: key.id, revoked: false });
  await store.keys.revoke(organisationId, key.id);
  say({ kind: 'key', id: key.id, revoked: true });
}

async function lane(number: number): Promise<never> {
  for (let turn = 0; ; turn += 1) await write(`${round}.${number}.${turn}`);
}

await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
