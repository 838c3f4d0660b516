/** `/v1/auth`: API keys and their scopes. No key gives away a scope that it lacks itself. */

import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { IssuedKey } from '../store/keys.ts';
import { SCOPES } from '../store/scopes.ts';
import { requireScope } from './access.ts';
import type { PlatformEnv } from './env.ts';
import { failures, idInPath, json, withData } from './envelope.ts';
import { ApiFailure } from './failure.ts';
import { detailsOf, issuedKey, keyDetails, newKey, newScopes, SCOPE_DESCRIPTIONS } from './key-fields.ts';
import { listed, pageInQuery, pageOfQuery, withPage } from './listing.ts';
import { resource } from './resource.ts';

const issue = createRoute({
  method: 'post',
  path: '/keys',
  middleware: requireScope('keys:write'),
  request: { body: { required: true, ...json(newKey) } },
  responses: {
    201: { description: 'The key, which is shown this once', ...withData(issuedKey) },
    ...failures(400, 403),
  },
});

const list = createRoute({
  method: 'get',
  path: '/keys',
  middleware: requireScope('keys:read'),
  request: { query: pageInQuery },
  responses: {
    200: { description: 'The keys, oldest first, revoked ones too', ...withPage(keyDetails) },
    ...failures(400, 403),
  },
});

const scopes = createRoute({
  method: 'get',
  path: '/scopes',
  middleware: requireScope('keys:read'),
  responses: {
    200: {
      description: 'What a key can be allowed to do',
      ...withData(z.array(z.object({ scope: z.enum(SCOPES), description: z.string() }))),
    },
    ...failures(403),
  },
});

const replaceScopes = createRoute({
  method: 'patch',
  path: '/keys/{id}/scopes',
  middleware: requireScope('keys:write'),
  request: { params: idInPath, body: { required: true, ...json(newScopes) } },
  responses: { 200: { description: 'Replaced', ...withData(keyDetails) }, ...failures(400, 403, 404, 409) },
});

const rotate = createRoute({
  method: 'post',
  path: '/keys/{id}/rotate',
  middleware: requireScope('keys:write'),
  request: { params: idInPath },
  responses: {
    200: { description: 'The new key, which is shown this once', ...withData(issuedKey) },
    ...failures(403, 404, 409),
  },
});

const revoke = createRoute({
  method: 'post',
  path: '/keys/{id}/revoke',
  middleware: requireScope('keys:write'),
  request: { params: idInPath },
  responses: { 200: { description: 'Revoked, now or before', ...withData(keyDetails) }, ...failures(403, 404) },
});

const UNKNOWN = 'API key not found';

export const keys = resource()
  .openapi(issue, async (c) => {
    const { name, scopes, expires_at, rate_limit_per_minute, rate_limit_per_hour, allowed_ips } = c.req.valid('json');
    refuseEscalation(c, scopes);
    const issued = await c.var.store.keys.issue(c.var.holder.organisationId, {
      name,
      scopes,
      expiresAt: expires_at ?? null,
      perMinute: rate_limit_per_minute ?? null,
      perHour: rate_limit_per_hour ?? null,
      allowedIps: allowed_ips ?? [],
    });
    log(c, 'key issued', issued.key.id);
    return c.json({ status: true as const, message: 'API key created successfully', data: shown(c, issued) }, 201);
  })
  .openapi(list, async (c) => {
    const page = await c.var.store.keys.list(c.var.holder.organisationId, pageOfQuery(c.req.valid('query')));
    return c.json({ status: true as const, message: 'API keys fetched', ...listed(page, detailsOf) }, 200);
  })
  .openapi(scopes, (c) => {
    const data = SCOPES.map((scope) => ({ scope, description: SCOPE_DESCRIPTIONS[scope] }));
    return c.json({ status: true as const, message: 'Scopes fetched', data }, 200);
  })
  .openapi(replaceScopes, async (c) => {
    const { scopes } = c.req.valid('json');
    refuseEscalation(c, scopes);
    const { id } = c.req.valid('param');
    const key = await c.var.store.keys.setScopes(c.var.holder.organisationId, id, scopes);
    if (key === null) throw await whyUnchanged(c, id);
    log(c, 'key scopes replaced', id);
    return c.json({ status: true as const, message: 'API key scopes updated', data: detailsOf(key) }, 200);
  })
  .openapi(rotate, async (c) => {
    const { id } = c.req.valid('param');
    const issued = await c.var.store.keys.rotate(c.var.holder.organisationId, id, ({ scopes, expiresAt }) => {
      refuseEscalation(c, scopes);
      if (expiresAt !== null && expiresAt <= new Date()) throw new ApiFailure(409, 'The API key is expired');
    });
    if (issued === null) throw await whyUnchanged(c, id);
    log(c, 'key rotated', id);
    return c.json({ status: true as const, message: 'API key rotated', data: shown(c, issued) }, 200);
  })
  .openapi(revoke, async (c) => {
    const { organisationId } = c.var.holder;
    const { id } = c.req.valid('param');
    // Of a key that is revoked already this asks for what is so: a second try after a lost answer is no failure.
    const key =
      (await c.var.store.keys.revoke(organisationId, id)) ?? (await c.var.store.keys.find(organisationId, id));
    if (key === null) throw new ApiFailure(404, UNKNOWN);
    log(c, 'key revoked', id);
    return c.json({ status: true as const, message: 'API key revoked', data: detailsOf(key) }, 200);
  });

/** Whoever has a key's secret has its scopes, so nobody is given one beyond their own. */
function refuseEscalation(c: Context<PlatformEnv>, scopes: readonly string[]): void {
  const lacking = scopes.filter((scope) => !c.var.holder.scopes.includes(scope));
  if (lacking.length > 0) throw new ApiFailure(403, `The API key can't give what it lacks: ${lacking.join(', ')}`);
}

/** 409 rather than 404 for a revoked key: the list shows it, so that nothing is hidden by denying it. */
async function whyUnchanged(c: Context<PlatformEnv>, id: string): Promise<ApiFailure> {
  const key = await c.var.store.keys.find(c.var.holder.organisationId, id);
  if (key === null) return new ApiFailure(404, UNKNOWN);
  if (key.revokedAt !== null) return new ApiFailure(409, 'The API key is revoked');
  return new ApiFailure(409, 'The API key was changed at the same time; look at it and try again');
}

function shown(c: Context<PlatformEnv>, { secret, key }: IssuedKey) {
  c.header('Cache-Control', 'no-store');
  return { ...detailsOf(key), key: secret };
}

function log(c: Context<PlatformEnv>, event: string, keyId: string): void {
  c.var.logger.info(event, { request_id: c.var.requestId, key_id: keyId, by_key_id: c.var.holder.keyId });
}
