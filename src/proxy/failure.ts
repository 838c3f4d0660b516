/** Every way in which the proxy refuses, and how that is said: a status and `{error: {code, message}}`. */

import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ProxyErrorCode, ProxyErrorResponse } from '../protocol/rest.ts';

const FAILURES: Readonly<Record<ProxyErrorCode, readonly [ContentfulStatusCode, string]>> = {
  bad_request: [400, 'The request is not what this endpoint takes.'],
  not_found: [404, 'There is nothing here: check proxy-url.'],
  widget_unknown: [404, 'There is no such widget: check widget-id.'],
  origin_refused: [403, "This page's origin is not among the widget's allowed_origins."],
  widget_paused: [403, 'The widget is paused.'],
  widget_draft: [403, 'The widget is a draft.'],
  full: [503, 'There is no room for another call now.'],
  rate_limited: [429, 'Too many requests from this address.'],
  upstream_failed: [502, "The platform did not do what it was asked: see the proxy's log."],
  upstream_unreachable: [502, 'The platform could not be reached.'],
  internal: [500, 'The proxy failed.'],
};

/** Thrown by a handler, answered by `answerFailure`. Its texts are fixed, so that none can carry the key. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
  readonly code: ProxyErrorCode;
  readonly status: ContentfulStatusCode;
  /** For the `Retry-After` header. */
  readonly retryAfterS: number | null;

  constructor(
    code: ProxyErrorCode,
    {
      status,
      message,
      retryAfterS = null,
    }: { status?: ContentfulStatusCode; message?: string; retryAfterS?: number | null } = {},
  ) {
    const [usualStatus, usualMessage] = FAILURES[code];
    super(message ?? usualMessage);
    this.code = code;
    this.status = status ?? usualStatus;
    this.retryAfterS = retryAfterS;
  }
}

export function answerFailure(c: Context, { code, message, status, retryAfterS }: ProxyFailure): Response {
  c.header('Cache-Control', 'no-store');
  if (retryAfterS !== null) c.header('Retry-After', String(retryAfterS));
  return c.json({ error: { code, message } } satisfies ProxyErrorResponse, status);
}
