/** The platform's API as the proxy uses it: the only place that holds the key. Each failure comes out as the proxy's own. */

import type { CreateCallResponse } from '../protocol/rest.ts';
import { ProxyFailure } from './failure.ts';
import { isObject, type KnownWidget, readWidget } from './known-widget.ts';
import { failureFields, type ProxyLogger } from './log.ts';

export interface UpstreamOptions {
  readonly apiKey: string;
  /** Where the API is, with or without `/v1`. */
  readonly apiUrl: string;
  readonly logger: ProxyLogger;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: unknown;
}

/** What a created call is answered with: the platform's very text, and what it says. */
export interface CreatedCall {
  readonly status: number;
  readonly text: string;
  readonly call: CreateCallResponse;
}

const REMEDIES: Readonly<Record<number, string>> = {
  400: 'The platform refused the widget: see that it has an assistant.',
  401: 'The API key is unknown, revoked or expired: set INDIGENIUS_API_KEY.',
  403: 'The API key lacks a scope: it needs widgets:read and widgets:write.',
};
const REDIRECTED = 'Redirects are not followed, since the key would go along: correct INDIGENIUS_API_URL.';
const DEFAULT_RETRY_S = 10;
const LONGEST_RETRY_S = 3600;

export class Upstream {
  readonly origin: string;
  readonly #base: string;
  readonly #options: UpstreamOptions;

  /** @throws Error where key or URL can't be used */
  constructor(options: UpstreamOptions) {
    // Checked here, since `fetch` would repeat a bad header's value in its error.
    if (!/^[\x21-\x7e]+$/.test(options.apiKey)) {
      throw new Error('apiKey is empty or has characters that no key has: set INDIGENIUS_API_KEY.');
    }
    if (!URL.canParse(options.apiUrl) || !/^https?:$/.test(new URL(options.apiUrl).protocol)) {
      throw new Error('apiUrl must be a URL such as https://api.indigenius.ai: set INDIGENIUS_API_URL.');
    }
    const url = new URL(options.apiUrl);
    this.origin = url.origin;
    this.#base = `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1`;
    this.#options = options;
  }

  /** @throws ProxyFailure */
  async widget(id: string): Promise<KnownWidget> {
    const { body } = await this.#request('GET', `/widgets/${id}`);
    const widget = readWidget(id, body);
    if (widget === null || this.#holdsKey(JSON.stringify(widget))) throw this.#malformed('widget');
    return widget;
  }

  /** @throws ProxyFailure */
  async createCall(widgetId: string): Promise<CreatedCall> {
    const { status, text, body } = await this.#request('POST', '/widgets/create-call', { widget_id: widgetId });
    if (!isCreatedCall(body) || this.#holdsKey(text) || this.#holdsKey(JSON.stringify(body))) {
      throw this.#malformed('created call');
    }
    return { status, text, call: body };
  }

  async #request(method: string, path: string, body?: unknown): Promise<Answer> {
    const { apiKey, fetch, timeoutMs } = this.#options;
    try {
      const response = await fetch(`${this.#base}${path}`, {
        method,
        headers: {
          Accept: 'application/json',
          'X-API-Key': apiKey,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      const answer = { status: response.status, text, body: parsed(text) };
      if (response.ok) return answer;
      throw this.#refused(answer, response.headers);
    } catch (error) {
      if (error instanceof ProxyFailure) throw error;
      const late = error instanceof Error && error.name === 'TimeoutError';
      this.#options.logger.error(late ? 'platform did not answer in time' : 'platform unreachable', {
        ...failureFields(error),
        remedy: 'See that INDIGENIUS_API_URL can be reached from here.',
      });
      throw new ProxyFailure('upstream_unreachable', late ? { status: 504 } : {});
    }
  }

  #refused({ status, body }: Answer, headers: Headers): ProxyFailure {
    const code = isObject(body) ? body['code'] : undefined;
    if (status === 403 && (code === 'widget_paused' || code === 'widget_draft')) return new ProxyFailure(code);
    // A page that is no answer of the API's says nothing about widgets.
    if (status === 404 && isObject(body)) return new ProxyFailure('widget_unknown');
    const remedy = status >= 300 && status < 400 ? REDIRECTED : (REMEDIES[status] ?? null);
    this.#options.logger.error('platform refused', { status, remedy });
    if (status === 429 || status === 503) return new ProxyFailure('full', { retryAfterS: retryAfterOf(headers) });
    return new ProxyFailure('upstream_failed');
  }

  #malformed(what: string): ProxyFailure {
    this.#options.logger.error(`the platform's ${what} can't be passed on`, {
      remedy: 'See that INDIGENIUS_API_URL is the address of an Indigenius API.',
    });
    return new ProxyFailure('upstream_failed');
  }

  #holdsKey(text: string): boolean {
    const { apiKey } = this.#options;
    return [apiKey, encodeURIComponent(apiKey), JSON.stringify(apiKey).slice(1, -1)].some((key) => text.includes(key));
  }
}

function isCreatedCall(body: unknown): body is CreateCallResponse {
  if (!isObject(body) || typeof body['call_id'] !== 'string' || typeof body['assistant_id'] !== 'string') return false;
  const { gateway } = body;
  return isObject(gateway) && typeof gateway['url'] === 'string' && /^wss?:/.test(gateway['url']);
}

/** Seconds or a date, by RFC 9110. */
function retryAfterOf(headers: Headers): number {
  const value = headers.get('Retry-After') ?? '';
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return seconds > 0 ? Math.min(seconds, LONGEST_RETRY_S) : DEFAULT_RETRY_S;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
