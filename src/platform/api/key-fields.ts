/** The fields of an API key: as a body may carry them, and as they are answered. */

import { z } from '@hono/zod-openapi';
import type { Key } from '../store/keys.ts';
import { type Scope, SCOPES } from '../store/scopes.ts';
import { isAddressOrRange } from './addresses.ts';
import { label } from './body.ts';

/** The last moment that is written with four digits for its year, which is what the database reads. */
const LATEST = new Date('9999-12-31T23:59:59.999Z');
const MAX_REQUESTS = 1_000_000_000;

export const SCOPE_DESCRIPTIONS: Readonly<Record<Scope, string>> = {
  'assistants:read': 'List and read assistants',
  'assistants:write': 'Create and change assistants',
  'widgets:read': 'List and read widgets',
  'widgets:write': 'Create, change and delete widgets, and create calls through them',
  'calls:read': 'List and read calls, their transcripts and analyses',
  'calls:write': 'Initiate calls',
  'keys:read': 'List API keys and scopes',
  'keys:write': 'Issue, change, rotate and revoke API keys',
};

const scopes = z
  .array(z.enum(SCOPES))
  .min(1)
  .transform((named) => [...new Set(named)]);

const expiry = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((time) => time > new Date() && time <= LATEST, { message: 'must be in the future, before the year 10000' })
  .openapi({ description: 'When it stops being valid; never, unless given' });

const requests = (span: string) =>
  z
    .int()
    .min(1)
    .max(MAX_REQUESTS)
    .nullish()
    .openapi({ description: `Requests in ${span}; no limit, unless given` });

const allowedIp = z
  .string()
  .max(60)
  .refine(isAddressOrRange, { message: 'must be an IPv4 or IPv6 address, or a CIDR range such as 192.0.2.0/24' });

export const newKey = z
  .object({
    name: label(),
    scopes,
    expires_at: expiry.nullish(),
    rate_limit_per_minute: requests('a minute'),
    rate_limit_per_hour: requests('an hour'),
    allowed_ips: z
      .array(allowedIp)
      .max(100)
      .nullish()
      .openapi({ description: 'Addresses and CIDR ranges that it may be used from; any, unless given' }),
  })
  .openapi('CreateApiKeyDto');

export const newScopes = z.object({ scopes }).openapi('UpdateApiKeyScopesDto');

export const keyDetails = z
  .object({
    id: z.string(),
    name: z.string(),
    key_start: z.string().openapi({ description: 'The first characters of the key, to know it again by' }),
    scopes: z.array(z.string()),
    expires_at: z.iso.datetime().nullable(),
    rate_limit_per_minute: z.int().nullable(),
    rate_limit_per_hour: z.int().nullable(),
    allowed_ips: z.array(z.string()),
    created_at: z.iso.datetime(),
    revoked_at: z.iso.datetime().optional(),
  })
  .openapi('ApiKey');

export const issuedKey = keyDetails
  .extend({ key: z.string().openapi({ description: 'The key itself, which is shown this once' }) })
  .openapi('IssuedApiKey');

export function detailsOf(key: Key): z.output<typeof keyDetails> {
  return {
    id: key.id,
    name: key.name,
    key_start: key.start,
    scopes: key.scopes,
    expires_at: key.expiresAt?.toISOString() ?? null,
    rate_limit_per_minute: key.perMinute,
    rate_limit_per_hour: key.perHour,
    allowed_ips: key.allowedIps,
    created_at: key.createdAt.toISOString(),
    ...(key.revokedAt && { revoked_at: key.revokedAt.toISOString() }),
  };
}
