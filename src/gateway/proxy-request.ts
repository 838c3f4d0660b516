/** One request to the proxy, and its time limit. What a refusal means for a call, `proxy-failure.ts` knows. */

import { SessionError } from './session-error.ts';

export const ANSWER_WITHIN_MS = 10_000;

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
    if (!response.ok) throw await failure(response, body);
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

/** Where the code that reads it can't be fetched either, somebody has answered all the same: that much is told. */
function failure(response: Response, body: unknown): Promise<SessionError> {
  return import('./proxy-failure.ts').then(
    ({ failureOf }) => failureOf(response, body),
    (cause: unknown) => new SessionError('platform-error', `The proxy answered ${response.status}.`, { cause }),
  );
}

/** Undefined where it is no JSON: a web server's own error page, or nothing. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
