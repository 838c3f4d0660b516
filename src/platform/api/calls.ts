/** `/v1/calls` */

import { createRoute, z } from '@hono/zod-openapi';
import { endOverdueRinging } from '../phone/overdue.ts';
import type { CallFilter } from '../store/calls.ts';
import { requireScope } from './access.ts';
import { callRecord, recordOf } from './call-record.ts';
import { failures, idInPath, json, present, withData } from './envelope.ts';
import { ApiFailure } from './failure.ts';
import { gateway, gatewayOf } from './gateway-address.ts';
import { listed, pageInQuery, pageOfQuery, withPage } from './listing.ts';
import { resource } from './resource.ts';

const feedback = z.object({ rating: z.int(), comment: z.string().optional() });

const filter = z.object({
  type: z.enum(['web', 'phone']).optional(),
  status: z.enum(['created', 'ringing', 'live', 'ended']).optional(),
  assistant_id: z.string().optional(),
  widget_id: z.string().optional(),
});

const list = createRoute({
  method: 'get',
  path: '/',
  middleware: requireScope('calls:read'),
  request: { query: pageInQuery.extend(filter.shape) },
  responses: { 200: { description: 'The calls, newest first', ...withPage(callRecord) }, ...failures(400, 403) },
});

const initiate = createRoute({
  method: 'post',
  path: '/initiate',
  middleware: requireScope('calls:write'),
  request: {
    body: {
      required: true,
      ...json(z.object({ assistantId: z.string(), type: z.literal('web') }).openapi('InitiateCallDto')),
    },
  },
  responses: {
    201: {
      description: 'The call, and where its socket is',
      ...json(z.object({ status: z.literal(true), message: z.string(), callId: z.string(), gateway })),
    },
    ...failures(400, 403),
  },
});

const get = createRoute({
  method: 'get',
  path: '/{id}',
  middleware: requireScope('calls:read'),
  request: { params: idInPath },
  responses: {
    200: { description: 'The call', ...withData(callRecord.extend({ feedback: feedback.optional() })) },
    ...failures(403, 404),
  },
});

export const calls = resource()
  .openapi(list, async (c) => {
    const { organisationId } = c.var.holder;
    const { store, dialler } = c.var;
    const query = c.req.valid('query');
    // Who waits for a telephone to ring should not be shown one that has rung too long.
    if (query.status === 'ringing') await endOverdueRinging(store, Date.now(), dialler.ringsForMs);
    const page = await store.calls.list(organisationId, pageOfQuery(query), filterOf(query));
    const purchases = await store.phonePurchases.having(
      organisationId,
      page.rows.flatMap(({ phonePurchaseId }) => phonePurchaseId ?? []),
    );
    const list = listed(page, (call) => recordOf(call, purchases.get(call.phonePurchaseId ?? '')));
    return c.json({ status: true as const, message: 'Calls fetched', ...list }, 200);
  })
  .openapi(initiate, async (c) => {
    const { organisationId } = c.var.holder;
    const assistant = await c.var.store.assistants.find(organisationId, c.req.valid('json').assistantId);
    if (assistant === null) throw new ApiFailure(400, 'assistantId: no such assistant');
    const call = await c.var.store.calls.create(organisationId, { assistantId: assistant.id });
    c.var.logger.info('call created', { request_id: c.var.requestId, call_id: call.id });
    const answer = { callId: call.id, gateway: gatewayOf(c.var.publicOrigin, call) };
    return c.json({ status: true as const, message: 'Call initiated with location data', ...answer }, 201);
  })
  .openapi(get, async (c) => {
    const { organisationId } = c.var.holder;
    const row = await c.var.store.calls.findWithParties(organisationId, c.req.valid('param').id);
    if (row === null) throw new ApiFailure(404, 'Call not found');
    const rating = await c.var.store.feedback.find(organisationId, row.call.id);
    const data = { ...recordOf(row.call, row.phonePurchase), ...(rating && { feedback: present(rating) }) };
    return c.json({ status: true as const, message: 'Call details fetched', data }, 200);
  });

function filterOf({ type, status, assistant_id, widget_id }: z.output<typeof filter>): CallFilter {
  return {
    ...(type && { type }),
    ...(status && { progress: status }),
    ...(assistant_id !== undefined && { assistantId: assistant_id }),
    ...(widget_id !== undefined && { widgetId: widget_id }),
  };
}
