/** Who may do what: the key of a request, where it may be used from, and the scope that a route asks for. */

import { createMiddleware } from 'hono/factory';
import type { Scope } from '../store/scopes.ts';
import { isWithin } from './addresses.ts';
import type { PlatformEnv } from './env.ts';
import { ApiFailure } from './failure.ts';
import { takeRequest } from './limits.ts';

/**
 * 401 without a valid `X-API-Key`. One sentence for all of unknown, revoked and expired: a thief learns nothing.
 * 403 from an address that its owner has not allowed, which counts as no request; 429 over a limit.
 */
export const requireKey = createMiddleware<PlatformEnv>(async (c, next) => {
  const key = c.req.header('X-API-Key');
  if (!key) throw new ApiFailure(401, 'The X-API-Key header is missing');
  const holder = await c.var.store.keys.check(key);
  if (holder === null) throw new ApiFailure(401, 'The API key is unknown, revoked or expired');
  checkAddress(holder.allowedIps, c.var.clientAddress);
  await takeRequest(c, holder);
  c.set('holder', holder);
  await next();
});

/** 403 for a key without this scope. It carries the scope's name, which the API's description repeats. */
export function requireScope(scope: Scope) {
  const check = createMiddleware<PlatformEnv>(async (c, next) => {
    if (!c.var.holder.scopes.includes(scope)) throw new ApiFailure(403, `The API key lacks the scope ${scope}`);
    await next();
  });
  return Object.assign(check, { scope });
}

function checkAddress(allowedIps: readonly string[], address: string | null): void {
  if (allowedIps.length === 0 || (address !== null && isWithin(allowedIps, address))) return;
  const from = address === null ? 'an address that is not known' : 'this address';
  throw new ApiFailure(403, `The API key may not be used from ${from}`);
}
