/** `/v1/phone-purchases`: the numbers that phone calls go out from. This platform's own: the published API has none. */

import { createRoute, z } from '@hono/zod-openapi';
import type { PhonePurchase } from '../store/phone-purchases.ts';
import { requireScope } from './access.ts';
import { failures, json, withData } from './envelope.ts';
import { ApiFailure } from './failure.ts';
import { listed, pageInQuery, pageOfQuery, withPage } from './listing.ts';
import { phoneNumber, provider } from './phone-fields.ts';
import { resource } from './resource.ts';

const fields = { phone_number: phoneNumber, provider, assistant_id: z.string() };

const newPurchase = z.object(fields).openapi('NewPhonePurchase');

const purchaseDetails = z.object({ id: z.string(), ...fields, created_at: z.iso.datetime() }).openapi('PhonePurchase');

const list = createRoute({
  method: 'get',
  path: '/',
  middleware: requireScope('calls:read'),
  request: { query: pageInQuery },
  responses: { 200: { description: 'The numbers, oldest first', ...withPage(purchaseDetails) }, ...failures(400, 403) },
});

const create = createRoute({
  method: 'post',
  path: '/',
  middleware: requireScope('calls:write'),
  request: { body: { required: true, ...json(newPurchase) } },
  responses: { 201: { description: 'Registered', ...withData(purchaseDetails) }, ...failures(400, 403, 409) },
});

export const phonePurchases = resource()
  .openapi(list, async (c) => {
    const page = await c.var.store.phonePurchases.list(c.var.holder.organisationId, pageOfQuery(c.req.valid('query')));
    return c.json({ status: true as const, message: 'Phone purchases fetched', ...listed(page, details) }, 200);
  })
  .openapi(create, async (c) => {
    const { organisationId } = c.var.holder;
    const { phone_number, provider, assistant_id } = c.req.valid('json');
    const assistant = await c.var.store.assistants.find(organisationId, assistant_id);
    if (assistant === null) throw new ApiFailure(400, 'assistant_id: no such assistant');
    const row = await c.var.store.phonePurchases.create(organisationId, {
      phoneNumber: phone_number,
      provider,
      assistantId: assistant.id,
    });
    if (row === null) throw new ApiFailure(409, `The number is registered with ${provider} already`);
    return c.json({ status: true as const, message: 'Phone purchase registered', data: details(row) }, 201);
  });

function details(row: PhonePurchase) {
  return {
    id: row.id,
    phone_number: row.phoneNumber,
    provider: row.provider,
    assistant_id: row.assistantId,
    created_at: row.createdAt.toISOString(),
  };
}
