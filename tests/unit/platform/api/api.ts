/** What the API's tests share: a platform in memory, and requests to it with a key, whose answers must be as declared. */

import { createPlatform, silentLogger, SCOPES, type Scope } from '../../../../src/platform/platform.ts';
import { emptyStore } from '../store/stores.ts';
import { DocumentedApi } from './documented.ts';

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

export interface Answer {
  readonly status: number;
  /** `data` is a row or a list of rows; each test knows which. */
  readonly body: Readonly<Record<string, unknown>> & { readonly data: Row & readonly Row[] };
}

export interface Caller {
  readonly organisationId: string;
  readonly key: string;
  call(method: string, path: string, body?: unknown): Promise<Answer>;
}

export const PUBLIC_URL = 'https://voice.example.com';
export const ID = /^[0-9a-f]{24}$/;

export async function openPlatform() {
  const store = await emptyStore();
  const platform = createPlatform({ store, publicUrl: PUBLIC_URL, logger: silentLogger });
  const documented = await DocumentedApi.of(platform.app);

  async function request(path: string, init: RequestInit): Promise<Answer> {
    const response = await platform.app.request(path, init);
    const body = (await response.json()) as Answer['body'];
    const { pathname } = new URL(path, PUBLIC_URL);
    if (pathname.startsWith('/v1/')) {
      const fault = documented.faultOf(init.method ?? 'GET', pathname, response.status, body);
      if (fault !== null) throw new Error(fault);
    }
    return { status: response.status, body };
  }

  /** Somebody of an organisation, with a key of these scopes. */
  async function caller(organisation: string, scopes: readonly Scope[] = SCOPES): Promise<Caller> {
    const { id: organisationId } = await store.organisations.named(organisation);
    const { secret: key } = await store.keys.issue(organisationId, { name: 'test', scopes });
    return {
      organisationId,
      key,
      call(method, path, body) {
        const headers = { 'X-API-Key': key, ...(body !== undefined && { 'Content-Type': 'application/json' }) };
        return request(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
      },
    };
  }

  return { store, platform, request, caller };
}

export const NEW_ASSISTANT = {
  name: 'Sales Assistant',
  company_name: 'Acme Inc',
  industry: 'ecommerce',
  language: 'English',
  voice: 'female',
  task_type: 'lead_qualification',
};

/** An assistant's id: the published answer to its creation has none. */
export async function addAssistant(caller: Caller): Promise<string> {
  await caller.call('POST', '/v1/assistants', NEW_ASSISTANT);
  const { body } = await caller.call('GET', '/v1/assistants');
  return body.data.at(-1)!.id;
}

export async function addWidget(caller: Caller, fields: object = {}): Promise<string> {
  const { body } = await caller.call('POST', '/v1/widgets', fields);
  return body.data.id;
}
