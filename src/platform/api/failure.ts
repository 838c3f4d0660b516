/** Every way in which a request can fail, and how that is said: `{status: false, message, data: null}`. */

import type { Context, ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { failureFields } from './log.ts';
import type { PlatformEnv } from './env.ts';

export type FailureStatus = 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500;
/** Told apart by programs; other failures have their status only. */
export type FailureCode = 'widget_paused' | 'widget_draft' | 'rate_limited';

/** Thrown by a handler, answered by `onError`. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly status: FailureStatus;
  readonly code: FailureCode | null;

  constructor(status: FailureStatus, message: string, code: FailureCode | null = null) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function answerFailure(c: Context, { status, message, code }: ApiFailure): Response {
  return c.json({ status: false, message, data: null, ...(code && { code }) }, status);
}

export const onNotFound: NotFoundHandler<PlatformEnv> = (c) =>
  answerFailure(c, new ApiFailure(404, `No ${c.req.method} ${c.req.path} here`));

export const onError: ErrorHandler<PlatformEnv> = (error, c) => {
  if (error instanceof ApiFailure) return answerFailure(c, error);
  // What the framework says of a body: not JSON (400), or not called JSON (415, which is published nowhere).
  if (error instanceof HTTPException && error.status < 500) {
    const message = error.status === 415 ? 'Content-Type must be application/json' : error.message;
    return answerFailure(c, new ApiFailure(400, message));
  }
  c.var.logger.error('request failed', { request_id: c.var.requestId, ...failureFields(error) });
  return answerFailure(c, new ApiFailure(500, 'Internal server error'));
};
