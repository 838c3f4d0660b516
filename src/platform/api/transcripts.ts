/** `GET /v1/calls/{id}/transcripts`: all turns of a call, in one answer, since a call that ends has only so many. */

import { createRoute, z } from '@hono/zod-openapi';
import { requireScope } from './access.ts';
import { failures, idInPath, present, withData } from './envelope.ts';
import { ApiFailure } from './failure.ts';
import { resource } from './resource.ts';

const turn = z
  .object({
    id: z.string(),
    role: z.enum(['user', 'assistant']),
    text: z.string(),
    at_ms: z.int().openapi({ description: 'Where it began to be heard, since the call went live' }),
    end_ms: z
      .int()
      .optional()
      .openapi({ description: 'Where it had been heard or was cut; at_ms for what was written' }),
    started_at: z.iso.datetime().optional().openapi({ description: 'at_ms as a time of day' }),
    interrupted: z.boolean().openapi({ description: "The assistant's turn was cut short by the visitor" }),
    answered: z
      .boolean()
      .optional()
      .openapi({ description: 'Whether it answers what was asked out of the content; absent for what is no answer' }),
  })
  .openapi('TranscriptLine');

const route = createRoute({
  method: 'get',
  path: '/{id}/transcripts',
  middleware: requireScope('calls:read'),
  request: { params: idInPath },
  responses: {
    200: { description: 'What was said, in order: all of it', ...withData(z.array(turn)) },
    ...failures(403, 404),
  },
});

export const transcripts = resource().openapi(route, async (c) => {
  const { organisationId } = c.var.holder;
  const call = await c.var.store.calls.find(organisationId, c.req.valid('param').id);
  if (call === null) throw new ApiFailure(404, 'Call not found');
  const lines = await c.var.store.transcripts.list(organisationId, call.id);
  const data = lines.map(({ id, role, text, atMs, endMs, interrupted, answered }) =>
    present({
      id,
      role,
      text,
      at_ms: atMs,
      end_ms: endMs,
      started_at: call.liveAt && new Date(call.liveAt.getTime() + atMs).toISOString(),
      interrupted,
      answered,
    }),
  );
  return c.json({ status: true as const, message: 'Transcripts fetched', data }, 200);
});
