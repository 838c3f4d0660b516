/** The platform's published REST API, as its owner's browser asks it. What it answers is in `shapes.ts`. */

import type { Analysis, Assistant, Call, CallType, IssuedKey, Key, Named, Scope, Turn, Widget } from './shapes.ts';

/** Rows of one page of a list. */
const PAGE_ROWS = 25;
/** Rows of one page where all of them are wanted: the most that the platform gives. */
const MOST_ROWS = 100;

/** Why there is no answer, in words for whoever sits in front of it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP's; null where nobody answered. */
  readonly status: number | null;

  constructor(message: string, status: number | null, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Asks for the page after this; null on the last. */
  readonly next: string | null;
}

export interface ApiOptions {
  readonly key: string;
  /** The platform takes this key no more. */
  readonly onrefused?: (error: ApiError) => void;
  /** The browser's, unless told otherwise. */
  readonly fetch?: (path: string, init: RequestInit) => Promise<Response>;
}

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expires_at?: string;
  readonly rate_limit_per_minute?: number;
  readonly rate_limit_per_hour?: number;
  readonly allowed_ips?: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Every method throws an `ApiError`. */
export class Api {
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** Whether a key as it is listed is the one that asks here. */
  isOwn({ key_start }: Pick<Key, 'key_start'>): boolean {
    return key_start !== '' && this.#options.key.startsWith(key_start);
  }

  /** Throws where the platform doesn't know the key; one that may do something else than read assistants is a key, too. */
  async check(): Promise<void> {
    try {
      await this.#page('/v1/assistants', null, 1);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 403)) throw error;
    }
  }

  /** Oldest first. */
  assistants(cursor: string | null = null): Promise<Page<Named>> {
    return this.#page('/v1/assistants', cursor);
  }

  allAssistants(): Promise<Named[]> {
    return this.#all((cursor) => this.#page('/v1/assistants', cursor, MOST_ROWS));
  }

  assistant(id: string): Promise<Assistant> {
    return this.#data('GET', `/v1/assistants/${encodeURIComponent(id)}`);
  }

  /** Tells nobody its id: the published answer has none. */
  async createAssistant(fields: Fields): Promise<void> {
    await this.#ask('POST', '/v1/assistants', fields);
  }

  async updateAssistant(id: string, changes: Fields): Promise<void> {
    await this.#ask('PATCH', `/v1/assistants/${encodeURIComponent(id)}`, changes);
  }

  /** Oldest first. */
  widgets(cursor: string | null = null): Promise<Page<Widget>> {
    return this.#page('/v1/widgets', cursor);
  }

  widget(id: string): Promise<Widget> {
    return this.#data('GET', `/v1/widgets/${encodeURIComponent(id)}`);
  }

  createWidget(fields: Fields): Promise<Widget> {
    return this.#data('POST', '/v1/widgets', fields);
  }

  updateWidget(id: string, changes: Fields): Promise<Widget> {
    return this.#data('PATCH', `/v1/widgets/${encodeURIComponent(id)}`, changes);
  }

  async removeWidget(id: string): Promise<void> {
    await this.#ask('DELETE', `/v1/widgets/${encodeURIComponent(id)}`);
  }

  /** Newest first. */
  calls(type: CallType | null, cursor: string | null = null): Promise<Page<Call>> {
    return this.#page(`/v1/calls${type ? `?type=${type}` : ''}`, cursor);
  }

  call(id: string): Promise<Call> {
    return this.#data('GET', `/v1/calls/${encodeURIComponent(id)}`);
  }

  transcript(id: string): Promise<readonly Turn[]> {
    return this.#data('GET', `/v1/calls/${encodeURIComponent(id)}/transcripts`);
  }

  analysis(id: string): Promise<Analysis> {
    return this.#data('GET', `/v1/calls/${encodeURIComponent(id)}/analysis`);
  }

  /** Oldest first, revoked ones too. */
  keys(cursor: string | null = null): Promise<Page<Key>> {
    return this.#page('/v1/auth/keys', cursor);
  }

  /** Null where there is none: keys are published as a list only. */
  async key(id: string): Promise<Key | null> {
    const keys = await this.#all<Key>((cursor) => this.#page('/v1/auth/keys', cursor, MOST_ROWS));
    return keys.find((key) => key.id === id) ?? null;
  }

  scopes(): Promise<readonly Scope[]> {
    return this.#data('GET', '/v1/auth/scopes');
  }

  createKey(key: NewKey): Promise<IssuedKey> {
    return this.#data('POST', '/v1/auth/keys', key);
  }

  async replaceScopes(id: string, scopes: readonly string[]): Promise<void> {
    await this.#ask('PATCH', `/v1/auth/keys/${encodeURIComponent(id)}/scopes`, { scopes });
  }

  rotateKey(id: string): Promise<IssuedKey> {
    return this.#data('POST', `/v1/auth/keys/${encodeURIComponent(id)}/rotate`);
  }

  async revokeKey(id: string): Promise<void> {
    await this.#ask('POST', `/v1/auth/keys/${encodeURIComponent(id)}/revoke`);
  }

  async #all<Row>(page: (cursor: string | null) => Promise<Page<Row>>): Promise<Row[]> {
    const rows: Row[] = [];
    let cursor: string | null = null;
    do {
      const got: Page<Row> = await page(cursor);
      rows.push(...got.rows);
      cursor = got.next;
    } while (cursor !== null);
    return rows;
  }

  async #page<Row>(path: string, cursor: string | null, limit = PAGE_ROWS): Promise<Page<Row>> {
    const query = new URLSearchParams({ limit: `${limit}`, ...(cursor && { cursor }) });
    const answer = await this.#ask('GET', `${path}${path.includes('?') ? '&' : '?'}${query}`);
    if (!Array.isArray(answer['data'])) throw strange(path);
    return { rows: answer['data'] as Row[], next: (answer['next_cursor'] as string | null | undefined) ?? null };
  }

  async #data<Data>(method: string, path: string, body?: object): Promise<Data> {
    const { data } = await this.#ask(method, path, body);
    if (typeof data !== 'object' || data === null) throw strange(path);
    return data as Data;
  }

  async #ask(method: string, path: string, body?: object): Promise<Fields> {
    const { key, fetch = globalThis.fetch.bind(globalThis), onrefused } = this.#options;
    const headers = { 'X-API-Key': key, ...(body && { 'Content-Type': 'application/json' }) };
    const response = await fetch(path, { method, headers, ...(body && { body: JSON.stringify(body) }) }).catch(
      (cause: unknown) => {
        throw new ApiError('The platform can’t be reached. Check the connection, then try again.', null, { cause });
      },
    );
    const answer = (await response.json().catch(() => null)) as Fields | null;
    if (response.ok && answer !== null && answer['status'] === true) return answer;
    const error = new ApiError(wordsOf(response, answer), response.status);
    if (response.status === 401) onrefused?.(error);
    throw error;
  }
}

/** The platform's own words, with when to come back where it says so. */
function wordsOf({ status, headers }: Response, answer: Fields | null): string {
  const message = answer?.['message'];
  if (typeof message !== 'string') return `The platform answered ${status}, and nothing that can be read.`;
  const waitS = status === 429 ? Number(headers.get('Retry-After') ?? Number.NaN) : Number.NaN;
  return Number.isFinite(waitS) ? `${message}. Try again in ${waitS} s.` : message;
}

function strange(path: string): ApiError {
  return new ApiError(`The platform’s answer to ${path.split('?', 1)[0]} is not what it publishes.`, null);
}

/** What to tell somebody of anything that went wrong. */
export function wordsFor(error: unknown): string {
  return error instanceof ApiError ? error.message : 'Something went wrong here. Load the page again.';
}
