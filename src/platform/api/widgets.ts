/** `/v1/widgets`, but for `create-call`. */

import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Widget } from '../store/widgets.ts';
import { requireScope } from './access.ts';
import { emptyBodyIsNone, someChange } from './body.ts';
import { createCall } from './create-call.ts';
import type { PlatformEnv } from './env.ts';
import { failures, idInPath, json, present, withData, withMessage } from './envelope.ts';
import { ApiFailure } from './failure.ts';
import { listed, pageInQuery, pageOfQuery, withPage } from './listing.ts';
import { resource } from './resource.ts';
import { widgetChanges, widgetDetails } from './widget-fields.ts';

const list = createRoute({
  method: 'get',
  path: '/',
  middleware: requireScope('widgets:read'),
  request: { query: pageInQuery },
  responses: { 200: { description: 'The widgets', ...withPage(widgetDetails) }, ...failures(400, 403) },
});

const create = createRoute({
  method: 'post',
  path: '/',
  middleware: [requireScope('widgets:write'), emptyBodyIsNone] as const,
  request: { body: { required: false, ...json(widgetChanges) } },
  responses: { 201: { description: 'Created', ...withData(widgetDetails) }, ...failures(400, 403) },
});

const get = createRoute({
  method: 'get',
  path: '/{id}',
  middleware: requireScope('widgets:read'),
  request: { params: idInPath },
  responses: { 200: { description: 'The widget', ...withData(widgetDetails) }, ...failures(403, 404) },
});

const patch = createRoute({
  method: 'patch',
  path: '/{id}',
  middleware: requireScope('widgets:write'),
  request: { params: idInPath, body: { required: true, ...json(widgetChanges) } },
  responses: { 200: { description: 'Updated', ...withData(widgetDetails) }, ...failures(400, 403, 404) },
});

const remove = createRoute({
  method: 'delete',
  path: '/{id}',
  middleware: requireScope('widgets:write'),
  request: { params: idInPath },
  responses: { 200: { description: 'Deleted', ...withMessage }, ...failures(403, 404) },
});

const UNKNOWN = 'Widget not found';

export const widgets = resource()
  .openapi(list, async (c) => {
    const page = await c.var.store.widgets.list(c.var.holder.organisationId, pageOfQuery(c.req.valid('query')));
    return c.json({ status: true as const, message: 'Widgets fetched', ...listed(page, details) }, 200);
  })
  .openapi(create, async (c) => {
    const fields = c.req.valid('json');
    await checkAssistant(c, fields.assistantId);
    const row = await c.var.store.widgets.create(c.var.holder.organisationId, fields);
    return c.json({ status: true as const, message: 'Widget created successfully', data: details(row) }, 201);
  })
  .openapi(get, async (c) => {
    const row = await c.var.store.widgets.find(c.var.holder.organisationId, c.req.valid('param').id);
    if (row === null) throw new ApiFailure(404, UNKNOWN);
    return c.json({ status: true as const, message: 'Widget details fetched', data: details(row) }, 200);
  })
  .openapi(patch, async (c) => {
    const changes = c.req.valid('json');
    if (!someChange(changes)) throw new ApiFailure(400, 'The body has no field to update');
    await checkAssistant(c, changes.assistantId);
    const { id } = c.req.valid('param');
    const row = await c.var.store.widgets.update(c.var.holder.organisationId, id, changes);
    if (row === null) throw new ApiFailure(404, UNKNOWN);
    return c.json({ status: true as const, message: 'Widget updated successfully', data: details(row) }, 200);
  })
  .openapi(remove, async (c) => {
    const removed = await c.var.store.widgets.remove(c.var.holder.organisationId, c.req.valid('param').id);
    if (!removed) throw new ApiFailure(404, UNKNOWN);
    return c.json({ status: true as const, message: 'Widget deleted successfully' }, 200);
  })
  .route('/', createCall);

/** A widget can only show an assistant of its own organisation. */
async function checkAssistant(c: Context<PlatformEnv>, id: string | null | undefined): Promise<void> {
  if (id === undefined || id === null) return;
  const assistant = await c.var.store.assistants.find(c.var.holder.organisationId, id);
  if (assistant === null) throw new ApiFailure(400, 'assistantId: no such assistant');
}

function details(row: Widget) {
  const created_at = row.createdAt.toISOString();
  return { ...present(row, 'organisationId', 'createdAt', 'deletedAt'), created_at };
}
