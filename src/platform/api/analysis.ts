/** `GET /v1/calls/{id}/analysis`: a call in figures, and summed up; of a call that goes on, what there is so far. */

import { createRoute, z } from '@hono/zod-openapi';
import { figuresOf } from '../analysis/figures.ts';
import { requireScope } from './access.ts';
import { failures, idInPath, withData } from './envelope.ts';
import { ApiFailure } from './failure.ts';
import { resource } from './resource.ts';

const count = z.int().min(0);
const milliseconds = z.int().min(0);
const counts = z.object({ user: count, assistant: count });
const share = z.number().min(0).max(1);

const analysis = z
  .object({
    complete: z.boolean().openapi({ description: 'Whether the call is over' }),
    duration_ms: milliseconds,
    turns: counts,
    talk_ratio: z
      .object({ user: share, assistant: share })
      .nullable()
      .openapi({ description: "Each side's share of the time spoken; null where nobody spoke" }),
    interruptions: count.openapi({ description: 'Turns of the assistant that the visitor cut short' }),
    response_times_ms: z.object({ p50: milliseconds.nullable(), p95: milliseconds.nullable() }).openapi({
      description: "From the visitor's end to the assistant's first sound; null where nothing was answered",
    }),
    words: counts,
    questions: z.object({
      asked: count,
      answered: count,
      unanswered: z.array(z.string()).openapi({ description: 'What the content has no answer to' }),
    }),
    summary: z.object({
      text: z.string().openapi({ description: 'Text and nothing else, empty where the visitor said nothing' }),
      by: z.enum(['extractive', 'model']),
    }),
  })
  .openapi('CallAnalysis');

const route = createRoute({
  method: 'get',
  path: '/{id}/analysis',
  middleware: requireScope('calls:read'),
  request: { params: idInPath },
  responses: { 200: { description: 'The analysis', ...withData(analysis) }, ...failures(403, 404) },
});

export const callAnalysis = resource().openapi(route, async (c) => {
  const { organisationId } = c.var.holder;
  const found = await c.var.store.calls.findWithParties(organisationId, c.req.valid('param').id);
  if (found === null) throw new ApiFailure(404, 'Call not found');
  const { call, assistant } = found;
  const turns = await c.var.store.transcripts.list(organisationId, call.id);
  const figures = figuresOf({ ...call, language: assistant.language }, turns, new Date());
  const { asked, answered, unanswered } = figures.questions;
  const data = {
    ...figures,
    questions: { asked, answered, unanswered: [...unanswered] },
    summary: await c.var.summaries.of(found, turns),
  };
  return c.json({ status: true as const, message: 'Analysis fetched', data }, 200);
});
