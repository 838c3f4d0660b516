/** `/v1/assistants` */

import { createRoute, z } from '@hono/zod-openapi';
import type { Assistant } from '../store/assistants.ts';
import { requireScope } from './access.ts';
import { assistantChanges, assistantDetails, newAssistant } from './assistant-fields.ts';
import { someChange } from './body.ts';
import { failures, idInPath, json, present, withData, withMessage } from './envelope.ts';
import { ApiFailure } from './failure.ts';
import { listed, pageInQuery, pageOfQuery, withPage } from './listing.ts';
import { resource } from './resource.ts';

const list = createRoute({
  method: 'get',
  path: '/',
  middleware: requireScope('assistants:read'),
  request: { query: pageInQuery },
  responses: {
    200: { description: 'The assistants', ...withPage(z.object({ id: z.string(), name: z.string() })) },
    ...failures(400, 403),
  },
});

const create = createRoute({
  method: 'post',
  path: '/',
  middleware: requireScope('assistants:write'),
  request: { body: { required: true, ...json(newAssistant) } },
  responses: { 201: { description: 'Created', ...withMessage }, ...failures(400, 403) },
});

const get = createRoute({
  method: 'get',
  path: '/{id}',
  middleware: requireScope('assistants:read'),
  request: { params: idInPath },
  responses: { 200: { description: 'The assistant', ...withData(assistantDetails) }, ...failures(403, 404) },
});

const patch = createRoute({
  method: 'patch',
  path: '/{id}',
  middleware: requireScope('assistants:write'),
  request: { params: idInPath, body: { required: true, ...json(assistantChanges) } },
  responses: { 200: { description: 'Updated', ...withMessage }, ...failures(400, 403, 404) },
});

const UNKNOWN = 'Assistant not found';

export const assistants = resource()
  .openapi(list, async (c) => {
    const page = await c.var.store.assistants.list(c.var.holder.organisationId, pageOfQuery(c.req.valid('query')));
    const list = listed(page, ({ id, name }) => ({ id, name }));
    return c.json({ status: true as const, message: 'Assistants fetched', ...list }, 200);
  })
  .openapi(create, async (c) => {
    await c.var.store.assistants.create(c.var.holder.organisationId, c.req.valid('json'));
    return c.json({ status: true as const, message: 'Assistant created successfully' }, 201);
  })
  .openapi(get, async (c) => {
    const row = await c.var.store.assistants.find(c.var.holder.organisationId, c.req.valid('param').id);
    if (row === null) throw new ApiFailure(404, UNKNOWN);
    return c.json({ status: true as const, message: 'Assistant details fetched', data: details(row) }, 200);
  })
  .openapi(patch, async (c) => {
    const { id } = c.req.valid('param');
    const { id: repeated = id, ...changes } = c.req.valid('json');
    if (repeated !== id) throw new ApiFailure(400, 'id: must be the id in the path');
    if (!someChange(changes)) throw new ApiFailure(400, 'The body has no field to update');
    const row = await c.var.store.assistants.update(c.var.holder.organisationId, id, changes);
    if (row === null) throw new ApiFailure(404, UNKNOWN);
    return c.json({ status: true as const, message: 'Assistant updated successfully' }, 200);
  });

function details(row: Assistant) {
  return { ...present(row, 'organisationId', 'createdAt'), created_at: row.createdAt.toISOString() };
}
