/** How many requests a key may make in a minute and an hour, and how an answer tells what is left. */

import type { Context } from 'hono';
import type { Span } from '../store/key-uses.ts';
import type { KeyHolder } from '../store/keys.ts';
import type { PlatformEnv } from './env.ts';
import { ApiFailure } from './failure.ts';

interface Quota {
  readonly span: Span;
  readonly limit: number;
  /** Requests that are left; below 0 once the limit is passed. */
  readonly left: number;
  readonly endsAt: Date;
}

/** Counts this request; one of a key without limits is not counted. @throws ApiFailure 429 over a limit. */
export async function takeRequest(c: Context<PlatformEnv>, holder: KeyHolder): Promise<void> {
  const quota = await count(c, holder);
  if (quota === null) return;
  const { span, limit, left, endsAt } = quota;
  const resetS = String(Math.max(1, Math.ceil((endsAt.getTime() - Date.now()) / 1000)));
  c.header('RateLimit-Limit', String(limit));
  c.header('RateLimit-Remaining', String(Math.max(0, left)));
  c.header('RateLimit-Reset', resetS);
  if (left >= 0) return;
  c.header('Retry-After', resetS);
  throw new ApiFailure(
    429,
    `The API key may make ${limit} requests a ${span}; try again in ${resetS} s`,
    'rate_limited',
  );
}

/** The quota that is passed or, where none is, the one with the least left. */
async function count(c: Context<PlatformEnv>, holder: KeyHolder): Promise<Quota | null> {
  const { organisationId, keyId, perMinute, perHour } = holder;
  const counted = async (span: Span, limit: number | null): Promise<Quota | null> => {
    if (limit === null) return null;
    const { uses, endsAt } = await c.var.store.keyUses.count(organisationId, keyId, span);
    return { span, limit, left: limit - uses, endsAt };
  };
  const minute = await counted('minute', perMinute);
  // What the minute refuses takes nothing from the hour.
  if (minute !== null && minute.left < 0) return minute;
  const hour = await counted('hour', perHour);
  if (minute === null || hour === null) return minute ?? hour;
  return minute.left < hour.left ? minute : hour;
}
