/** What a request may carry: its size, and the fields that bodies are made of. */

import { z } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { PlatformEnv } from './env.ts';
import { answerFailure, ApiFailure } from './failure.ts';

export const MAX_BODY_BYTES = 256 * 1024;

export const limitBody = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: (c) => answerFailure(c, new ApiFailure(413, `The body is over ${MAX_BODY_BYTES} bytes`)),
});

/** For routes that work without a body: many clients call an empty one JSON. */
export const emptyBodyIsNone = createMiddleware<PlatformEnv>(async (c, next) => {
  const body = await c.req.arrayBuffer();
  if (body.byteLength === 0) {
    const headers = new Headers(c.req.raw.headers);
    headers.delete('content-type');
    c.req.raw = new Request(c.req.url, { method: c.req.method, headers });
  }
  await next();
});

/** Text that the database can hold: it has no U+0000. */
export function words(maxLength: number) {
  return z.string().max(maxLength).refine(isStorable, UNSTORABLE);
}

/** An http(s) address that the database can hold: U+0000 in it is no fault to whoever reads addresses. */
export function address(maxLength: number) {
  return z
    .url({ protocol: /^https?$/ })
    .max(maxLength)
    .refine(isStorable, UNSTORABLE);
}

const UNSTORABLE = { message: 'must not contain U+0000' };

function isStorable(text: string): boolean {
  return !text.includes('\0');
}

/** A short text of at least one visible character. */
export function label(maxLength = 200) {
  return words(maxLength).refine((text) => text.trim() !== '', { message: 'must not be empty' });
}

/** A patch must change something. */
export function someChange(body: Readonly<Record<string, unknown>>): boolean {
  return Object.values(body).some((value) => value !== undefined);
}
