/** Whatever is sent to the API, it answers as it is declared, says nothing of others, and writes nothing that it refuses. */

import type { PGlite } from '@electric-sql/pglite';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPlatform,
  type Platform,
  SCOPES,
  silentLogger,
  simulatedDialler,
} from '../../../../src/platform/platform.ts';
import { openPglite } from '../../../../src/platform/store/database.ts';
import { Store } from '../../../../src/platform/store/store.ts';
import { NEW_ASSISTANT } from './api.ts';
import { DocumentedApi } from './documented.ts';
import { everyWrongValue, type HostileRequest, hostileRequests, type Surroundings } from './hostile.ts';

const RUNS = 1_000;

/** Longer than all of this takes: the end of a telephone's ringing is written while some other request is answered. */
const RINGS_FOR_MS = 3_600_000;

/** In every text of the other organisation's rows. */
const CANARY = 'canary-6f1d';

/** Each row that is written says so: what a refused request leaves behind is seen at once. */
const TELL_WRITES = `
create function tell_write() returns trigger language plpgsql as $$
begin perform pg_notify('written', tg_table_name); return null; end $$;
do $$ declare name text; begin
  for name in select tablename from pg_tables where schemaname = 'public' loop
    execute format('create trigger tell after insert or update or delete on %I for each row execute function tell_write()', name);
  end loop;
end $$;
`;

interface Party {
  readonly organisationId: string;
  readonly key: string;
  readonly ids: Readonly<Record<'assistant' | 'widget' | 'call' | 'purchase' | 'key', string>>;
}

let store: Store;
let platform: Platform;
let api: DocumentedApi;
let acme: Party;
let stranger: Party;
let client: PGlite;
let written: string[] = [];

/** An organisation with a row of each kind, and `mark` in all of its words. */
async function party(mark: string, phoneNumber: string): Promise<Party> {
  const { id: organisationId } = await store.organisations.named(`Org ${mark}`);
  const { secret: key } = await store.keys.issue(organisationId, { name: `Key ${mark}`, scopes: SCOPES });
  const spare = await store.keys.issue(organisationId, { name: `Spare ${mark}`, scopes: SCOPES });
  const words = { ...NEW_ASSISTANT, first_message: mark, system_prompt: mark, site_url: `https://${mark}.example/` };
  const assistant = await store.assistants.create(organisationId, { ...words, name: mark, company_name: mark });
  const texts = { call_to_action: mark, start_call_button: mark, allowed_origins: [`https://${mark}.example`] };
  const widget = await store.widgets.create(organisationId, { assistantId: assistant.id, ...texts });
  const call = await store.calls.create(organisationId, { assistantId: assistant.id, widgetId: widget.id });
  await platform.desk.wentLive(call.id);
  await platform.desk.said(call.id, { id: `u-${mark}`, role: 'user', text: mark, atMs: 5 });
  await platform.desk.rated(call.id, { rating: 5, comment: mark });
  await platform.desk.ended(call.id, { reason: 'visitor', durationMs: 10 });
  const number = { assistantId: assistant.id, phoneNumber, provider: 'twilio' } as const;
  const purchase = await store.phonePurchases.create(organisationId, number);
  const ids = { assistant: assistant.id, widget: widget.id, call: call.id, purchase: purchase!.id, key: spare.key.id };
  return { organisationId, key, ids };
}

beforeAll(async () => {
  const open = await openPglite('memory://');
  store = new Store(open, null);
  const dialler = simulatedDialler({ store, logger: silentLogger, ringsForMs: RINGS_FOR_MS });
  platform = createPlatform({ store, logger: silentLogger, publicUrl: 'https://voice.example.com', dialler });
  api = await DocumentedApi.of(platform.app);
  acme = await party('acme', '+14155550100');
  stranger = await party(CANARY, '+14155550199');
  // Asked once instead of some thirty thousand times, which is half of all that this takes; keys have tests of their own.
  const check = store.keys.check.bind(store.keys);
  const holder = await check(acme.key);
  store.keys.check = async (key) => (key === acme.key ? holder : check(key));
  client = (open.database as unknown as { readonly $client: PGlite }).$client;
  await client.exec(TELL_WRITES);
  await client.listen('written', (table) => written.push(table));
});
afterAll(() => platform?.close());

async function restore(): Promise<void> {
  await client.query(`update widgets set deleted_at = null, status = 'active', assistant_id = $2 where id = $1`, [
    acme.ids.widget,
    acme.ids.assistant,
  ]);
  await client.query('update api_keys set revoked_at = null where id = $1', [acme.ids.key]);
}

interface Sent {
  readonly status: number;
  readonly text: string;
  readonly writes: readonly string[];
}

async function send({ method, path, headers, body }: HostileRequest): Promise<Sent> {
  written = [];
  const response = await platform.app.request(path, { method, headers, ...(body && { body }) });
  return { status: response.status, text: await response.text(), writes: written };
}

/** What is wrong with how a request was answered; null where nothing is. */
function faultOf({ method, path }: HostileRequest, { status, text, writes }: Sent): string | null {
  if (status >= 500) return `answers ${status}: ${text}`;
  if (text.includes(CANARY)) return `tells of another organisation: ${text}`;
  if (/\n\s+at |node_modules|\.[cm]?[jt]s:\d|drizzle|select "|insert into "/.test(text))
    return `tells of itself: ${text}`;
  if (status >= 400 && writes.length > 0) return `answers ${status}, and has written ${writes.join()}`;
  const { pathname } = new URL(path, 'http://localhost');
  // Sent without a body, whatever is said.
  if (method.toUpperCase() === 'HEAD') return text === '' ? null : `answers HEAD with ${text}`;
  return pathname.startsWith('/v1/') ? api.faultOf(method.toUpperCase(), pathname, status, JSON.parse(text)) : null;
}

describe('an operation', () => {
  it('that is asked for as it should be tells its own, writes, and is seen to write', async () => {
    const get = { method: 'GET', path: `/v1/assistants/${stranger.ids.assistant}`, body: null };
    const theirs = await send({ ...get, headers: { 'X-API-Key': stranger.key } });
    expect(theirs).toMatchObject({ status: 200, text: expect.stringContaining(CANARY), writes: [] });
    expect(faultOf({ ...get, headers: {} }, theirs)).toContain('tells of another organisation');
    const post = { method: 'POST', path: '/v1/widgets', headers: { 'X-API-Key': acme.key }, body: null };
    expect(await send(post)).toMatchObject({ status: 201, writes: ['widgets'] });
  });

  it('withstands each of its fields being wrong in every way that is known', { timeout: 300_000 }, async () => {
    let sent = 0;
    for (const from of surroundings()) {
      for (const request of everyWrongValue(from)) {
        expect(await faultAfter(request), `${request.method} ${request.path} ${shown(request)}`).toBeNull();
        sent++;
      }
    }
    expect(sent).toBeGreaterThan(1_000);
  });

  it('withstands a thousand requests that are wrong in ways nobody thought of', { timeout: 300_000 }, async () => {
    const statuses = new Set<number>();
    for (const from of surroundings()) {
      await fc.assert(
        fc.asyncProperty(hostileRequests(from), async (request) => {
          const fault = await faultAfter(request, statuses);
          if (fault !== null) throw new Error(`${request.method} ${request.path} ${shown(request)} ${fault}`);
        }),
        { numRuns: RUNS },
      );
    }
    // Some are let in as far as it goes, so that what lies behind the checks is reached.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 400, 401, 404, 413]));
  });
});

/** What each operation's wrong requests are made of. */
function surroundings(): Surroundings[] {
  const { assistant, widget, call, purchase, key } = acme.ids;
  const inFields = { assistantId: assistant, assistant_id: assistant, widget_id: widget, phone_purchase_id: purchase };
  const own = { ...inFields, assistants: assistant, widgets: widget, calls: call, auth: key };
  const foreign = Object.values(stranger.ids);
  return api.operations.map((each) => {
    const fields = api.bodyFields(each.operation);
    return { ...each, fields, key: acme.key, own, foreign };
  });
}

async function faultAfter(request: HostileRequest, statuses?: Set<number>): Promise<string | null> {
  const sent = await send(request);
  statuses?.add(sent.status);
  const fault = faultOf(request, sent);
  // What a request was rightly let to do must not keep the next ones out.
  if (sent.writes.includes('widgets') || sent.writes.includes('api_keys')) await restore();
  return fault;
}

function shown({ body }: HostileRequest): string {
  return body === null ? '' : new TextDecoder().decode(body).slice(0, 300);
}
