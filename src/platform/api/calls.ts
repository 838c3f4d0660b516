/** `/v1/calls` */

import { createRoute, z } from '@hono/zod-openapi';
import type { Call } from '../store/calls.ts';
import { requireScope } from './access.ts';
import { failures, idInPath, json, present, withData } from './envelope.ts';
import { ApiFailure } from './failure.ts';
import { gateway, gatewayOf } from './gateway-address.ts';
import { listed, pageInQuery, pageOfQuery, withPage } from './listing.ts';
import { resource } from './resource.ts';

/** How far a call has come, as the number that is published. */
const STATUS = { created: 0, live: 1, ended: 2 } as const;

const summary = z
  .object({
    id: z.string(),
    type: z.enum(['web', 'phone']),
    status: z.int().openapi({ description: '0 created, 1 live, 2 ended' }),
    assistant_id: z.string(),
    widget_id: z.string().optional(),
    created_at: z.iso.datetime(),
    started_at: z.iso.datetime().optional(),
    ended_at: z.iso.datetime().optional(),
    end_reason: z.string().optional(),
    duration_ms: z.int().optional(),
  })
  .openapi('Call');

const feedback = z.object({ rating: z.int(), comment: z.string().optional() });

const line = z
  .object({
    id: z.string(),
    role: z.enum(['user', 'assistant']),
    text: z.string(),
    at_ms: z.int().openapi({ description: 'Since the call went live' }),
  })
  .openapi('TranscriptLine');

const list = createRoute({
  method: 'get',
  path: '/',
  middleware: requireScope('calls:read'),
  request: { query: pageInQuery },
  responses: { 200: { description: 'The calls, newest first', ...withPage(summary) }, ...failures(400, 403) },
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
    200: { description: 'The call', ...withData(summary.extend({ feedback: feedback.optional() })) },
    ...failures(403, 404),
  },
});

const transcripts = createRoute({
  method: 'get',
  path: '/{id}/transcripts',
  middleware: requireScope('calls:read'),
  request: { params: idInPath },
  responses: { 200: { description: 'What was said', ...withData(z.array(line)) }, ...failures(403, 404) },
});

const UNKNOWN = 'Call not found';

export const calls = resource()
  .openapi(list, async (c) => {
    const page = await c.var.store.calls.list(c.var.holder.organisationId, pageOfQuery(c.req.valid('query')));
    return c.json({ status: true as const, message: 'Calls fetched', ...listed(page, summarise) }, 200);
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
    const row = await c.var.store.calls.find(organisationId, c.req.valid('param').id);
    if (row === null) throw new ApiFailure(404, UNKNOWN);
    const rating = await c.var.store.feedback.find(organisationId, row.id);
    const data = { ...summarise(row), ...(rating && { feedback: present(rating) }) };
    return c.json({ status: true as const, message: 'Call details fetched', data }, 200);
  })
  .openapi(transcripts, async (c) => {
    const { organisationId } = c.var.holder;
    const row = await c.var.store.calls.find(organisationId, c.req.valid('param').id);
    if (row === null) throw new ApiFailure(404, UNKNOWN);
    const lines = await c.var.store.transcripts.list(organisationId, row.id);
    const data = lines.map(({ id, role, text, atMs }) => ({ id, role, text, at_ms: atMs }));
    return c.json({ status: true as const, message: 'Transcripts fetched', data }, 200);
  });

function summarise(call: Call) {
  return present({
    id: call.id,
    type: call.type,
    status: call.endedAt ? STATUS.ended : call.liveAt ? STATUS.live : STATUS.created,
    assistant_id: call.assistantId,
    widget_id: call.widgetId,
    created_at: call.createdAt.toISOString(),
    started_at: call.liveAt?.toISOString() ?? null,
    ended_at: call.endedAt?.toISOString() ?? null,
    end_reason: call.endReason,
    duration_ms: call.durationMs,
  });
}
