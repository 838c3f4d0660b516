/** `POST /v1/widgets/create-call`: a visitor's call through a widget. */

import { createRoute, z } from '@hono/zod-openapi';
import type { Widget } from '../store/widgets.ts';
import { requireScope } from './access.ts';
import { failures, json } from './envelope.ts';
import { ApiFailure } from './failure.ts';
import { gateway, gatewayOf } from './gateway-address.ts';
import { resource } from './resource.ts';

const connection = z.object({ widget_id: z.string() }).openapi('CreateConnectionDTO');

const created = z.object({
  status: z.literal(true),
  message: z.string(),
  call_id: z.string(),
  assistant_id: z.string(),
  gateway,
});

const route = createRoute({
  method: 'post',
  path: '/create-call',
  middleware: requireScope('widgets:write'),
  request: { body: { required: true, ...json(connection) } },
  responses: {
    201: { description: 'The call, and where its socket is', ...json(created) },
    ...failures(400, 403, 404),
  },
});

export const createCall = resource().openapi(route, async (c) => {
  const { organisationId } = c.var.holder;
  const widget = await c.var.store.widgets.find(organisationId, c.req.valid('json').widget_id);
  if (widget === null) throw new ApiFailure(404, 'Widget not found');
  const assistantId = assistantOf(widget);
  const call = await c.var.store.calls.create(organisationId, { assistantId, widgetId: widget.id });
  c.var.logger.info('call created', { request_id: c.var.requestId, call_id: call.id, widget_id: widget.id });
  const answer = { call_id: call.id, assistant_id: assistantId, gateway: gatewayOf(c.var.publicOrigin, call) };
  return c.json({ status: true as const, message: 'Call created', ...answer }, 201);
});

/** @throws ApiFailure where the widget's owner has not opened it. */
function assistantOf(widget: Widget): string {
  if (widget.status === 'paused') throw new ApiFailure(403, 'The widget is paused', 'widget_paused');
  if (widget.status === 'draft') throw new ApiFailure(403, 'The widget is a draft', 'widget_draft');
  if (widget.assistantId === null)
    throw new ApiFailure(400, 'The widget has no assistant: PATCH its assistantId first');
  return widget.assistantId;
}
