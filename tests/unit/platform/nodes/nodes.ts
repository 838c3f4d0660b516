/**
 * Whole platforms that share their rows: on a server each with a store of its own, elsewhere all on one. Their ears and
 * mouths are scripted; their minds are real, and answer from the pages that the store has.
 */

import { onTestFinished } from 'vitest';
import {
  createGateway,
  createPlatform,
  openStore,
  SCOPES,
  servePlatform,
  silentLogger,
  type Platform,
  type Serving,
  type ServeOptions,
  type Store,
} from '../../../../src/platform/platform.ts';
import { SiteContent } from '../../../../src/platform/site/content.ts';
import type { CallDesk } from '../../../../src/platform/voice/call-desk.ts';
import { LocalMind } from '../../../../src/platform/voice/mind.ts';
import { databaseOfTest, onServer } from '../store/stores.ts';
import { ScriptedEars, ToneMouth } from '../voice/gateway-rig.ts';

/** Of the answers that are looked at; each test knows which it gets. */
interface Body {
  readonly call_id: string;
  readonly gateway: { readonly url: string };
  readonly data: Readonly<Record<string, unknown>> & readonly unknown[];
}

export interface Node {
  readonly store: Store;
  readonly platform: Platform;
  readonly serving: Serving;
  readonly ears: ScriptedEars;
  /** With a key, as the world asks. */
  ask(method: string, path: string, key: string, body?: object): Promise<{ status: number; body: Body }>;
  /** A call's socket here, whichever node gave its address. */
  here(gatewayUrl: string): string;
}

export interface NodeOptions extends Partial<Pick<ServeOptions, 'drainMs' | 'noticeMs' | 'finishMs'>> {
  /** The desk that its gateway writes to. */
  readonly desk?: (own: CallDesk) => CallDesk;
}

export async function startNode(store: Store, { desk = (own) => own, ...serve }: NodeOptions = {}): Promise<Node> {
  const platform = createPlatform({ store, logger: silentLogger });
  const ears = new ScriptedEars();
  const mind = new LocalMind(new SiteContent(platform.pages));
  const gateway = createGateway({ desk: desk(platform.desk), ears, mind, mouth: new ToneMouth() });
  const serving = await servePlatform({ drainMs: 0, ...serve, platform, gateway, port: 0 });
  onTestFinished(() => serving.close());
  return {
    store,
    platform,
    serving,
    ears,
    async ask(method, path, key, body) {
      const headers = { 'X-API-Key': key, 'Content-Type': 'application/json' };
      const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      const response = await fetch(`${serving.url}${path}`, init);
      return { status: response.status, body: (await response.json()) as Body };
    },
    here(gatewayUrl) {
      const url = new URL(gatewayUrl);
      url.port = String(serving.port);
      return url.href;
    },
  };
}

export async function twoNodes(): Promise<[Node, Node]> {
  const options = await databaseOfTest();
  const store = await openStore(options);
  return [await startNode(store), await startNode(onServer ? await openStore(options) : store)];
}

export interface Customer {
  readonly organisationId: string;
  readonly key: string;
  readonly assistantId: string;
  readonly widgetId: string;
}

export async function customerOf(store: Store): Promise<Customer> {
  const { id: organisationId } = await store.organisations.named('Northwind Catering');
  const { secret: key } = await store.keys.issue(organisationId, { name: 'test', scopes: SCOPES });
  const { id: assistantId } = await store.assistants.create(organisationId, { name: 'Sam' });
  const { id: widgetId } = await store.widgets.create(organisationId, { assistantId });
  return { organisationId, key, assistantId, widgetId };
}
