/**
 * What `platform.ts` asks, in a process of its own: a platform with few rows, one with many, and a bare route, all by
 * the same server kind. Says where they are in a line of JSON; ends with its standard input.
 */

import { createAdaptorServer } from '@hono/node-server';
import { sql } from 'drizzle-orm';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { createPlatform, SCOPES, silentLogger } from '../src/platform/platform.ts';
import { openPglite, openPostgres } from '../src/platform/store/database.ts';
import { Store } from '../src/platform/store/store.ts';

export interface Asked {
  readonly url: string;
  readonly key: string;
  readonly widgetId: string;
}

export interface Servers {
  readonly bare: string;
  readonly few: Asked;
  readonly many: Asked;
}

const MANY = { widgets: 10_000, calls: 100_000 };

async function serve(app: { fetch(request: Request, env?: unknown): Response | Promise<Response> }): Promise<string> {
  const server = createAdaptorServer({ fetch: (request, env) => app.fetch(request, env) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A platform on an empty database, filled as told. */
async function platformOn(url: string | undefined, rows: typeof MANY): Promise<Asked> {
  const open = url === undefined ? await openPglite('memory://') : await openPostgres(url, () => {});
  const store = new Store(open, null);
  const { id } = await store.organisations.named('Acme Inc');
  const { secret } = await store.keys.issue(id, { name: 'bench', scopes: SCOPES });
  const assistant = await store.assistants.create(id, { name: 'Sam' });
  await open.database.execute(sql`
    insert into widgets (id, organisation_id, assistant_id, created_at)
    select lpad(to_hex(n), 24, '0'), ${id}, ${assistant.id}, now() - n * interval '1 minute'
    from generate_series(1, ${rows.widgets}::int) n`);
  await open.database.execute(sql`
    insert into calls (id, organisation_id, assistant_id, widget_id, created_at, live_at, ended_at, end_reason)
    select lpad(to_hex(n), 24, '0'), ${id}, ${assistant.id}, lpad(to_hex(1 + n % ${rows.widgets}::int), 24, '0'),
      at, at, at, 'visitor'
    from generate_series(1, ${rows.calls}::int) n, lateral (select now() - n * interval '1 minute' as at) t`);
  const widget = await store.widgets.create(id, { assistantId: assistant.id, call_to_action: 'Talk to us' });
  const { app } = createPlatform({ store, logger: silentLogger });
  return { url: await serve(app), key: secret, widgetId: widget.id };
}

const [few, many] = process.argv.slice(2);
const servers: Servers = {
  bare: await serve(new Hono().all('*', (c) => c.json({ status: true, message: 'Bare' }))),
  few: await platformOn(few, { widgets: 1, calls: 1 }),
  many: await platformOn(many, MANY),
};
console.log(JSON.stringify(servers));
process.stdin.on('end', () => process.exit(0)).resume();
