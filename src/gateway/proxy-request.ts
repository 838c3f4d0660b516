/** One request to the proxy: its time limit, and what each of its failures means for a call. */

import type { ProxyErrorCode } from '../protocol/rest.ts';

export type SessionErrorReason =
  'origin-refused' | 'widget-unknown' | 'paused' | 'draft' | 'full' | 'unreachable' | 'platform-error' | 'timeout';

/** Why the proxy gave no call, or no widget. `message` names the remedy for the developer. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly reason: SessionErrorReason;
  /** Seconds after which trying again makes sense, where the server said so. */
  readonly retryAfterS: number | null;

  constructor(
    reason: SessionErrorReason,
    message: string,
    { retryAfterS = null, ...options }: ErrorOptions & { retryAfterS?: number | null } = {},
  ) {
    super(message, options);
    this.reason = reason;
    this.retryAfterS = retryAfterS;
  }
}

export const ANSWER_WITHIN_MS = 10_000;

const REASONS: Readonly<Partial<Record<ProxyErrorCode, readonly [SessionErrorReason, string]>>> = {
  widget_unknown: ['widget-unknown', 'No such widget: check widget-id.'],
  origin_refused: ['origin-refused', "Add this page's origin to the widget's allowed_origins."],
  widget_paused: ['paused', "Set the widget's status to active."],
  widget_draft: ['draft', "Set the widget's status to active."],
  full: ['full', 'The platform has no room for another call now.'],
  rate_limited: ['full', 'Too many requests from this address.'],
  upstream_unreachable: ['unreachable', 'The proxy could not reach the platform.'],
};

/**
 * The answer's JSON, whatever it is.
 *
 * @param path below `proxyUrl`, which may be relative to the page
 * @throws SessionError
 * @throws the signal's reason where it was aborted
 */
export async function requestProxy(
  proxyUrl: string,
  path: string,
  signal: AbortSignal,
  init: RequestInit = {},
): Promise<unknown> {
  // Not AbortSignal.any, which Safari has since 17.4 only.
  const late = new AbortController();
  const abort = (): void => late.abort();
  const timer = setTimeout(abort, ANSWER_WITHIN_MS);
  signal.addEventListener('abort', abort);
  try {
    signal.throwIfAborted();
    const url = `${proxyUrl.replace(/\/+$/, '')}${path}`;
    const response = await fetch(url, { ...init, cache: 'no-store', credentials: 'omit', signal: late.signal });
    const body = parsed(await response.text());
    if (!response.ok) throw failure(response, body);
    return body;
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof SessionError) throw cause;
    if (late.signal.aborted) {
      throw new SessionError('timeout', `The proxy did not answer within ${ANSWER_WITHIN_MS} ms.`, { cause });
    }
    throw new SessionError('unreachable', 'The proxy could not be reached. Check proxy-url and allowed_origins.', {
      cause,
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

export function malformed(what: string): SessionError {
  return new SessionError('platform-error', `${what} is not what the proxy should answer: check proxy-url.`);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function failure({ status, headers }: Response, body: unknown): SessionError {
  const error = isObject(body) && isObject(body['error']) ? body['error'] : {};
  const { code } = error;
  const known = typeof code === 'string' && Object.hasOwn(REASONS, code) ? REASONS[code as ProxyErrorCode] : undefined;
  const [reason, remedy] = known ?? ['platform-error', "See the proxy's log, and check proxy-url."];
  const message = `The proxy answered ${status}${typeof code === 'string' ? ` ${code}` : ''}. ${remedy}`;
  const seconds = headers.get('Retry-After');
  return new SessionError(reason, message, { retryAfterS: seconds && /^\d+$/.test(seconds) ? Number(seconds) : null });
}

/** Undefined where it is no JSON: a web server's own error page, or nothing. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
