/** Lists in answers: `?limit=&cursor=`, and `next_cursor` for what follows. */

import { z } from '@hono/zod-openapi';
import { decodeCursor, encodeCursor, type Listed, type PageRequest } from '../store/listing.ts';
import { json } from './envelope.ts';

const MOST = 100;

export const pageInQuery = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST)
    .default(MOST)
    .openapi({ type: 'integer', description: `Entries at most: 1 to ${MOST}` }),
  cursor: z
    .string()
    .transform((text, context) => {
      const cursor = decodeCursor(text);
      if (cursor !== null) return cursor;
      context.addIssue({ code: 'custom', message: 'must be the next_cursor of an earlier answer' });
      return z.NEVER;
    })
    .optional()
    .openapi({ type: 'string', description: 'The `next_cursor` of an earlier answer: lists what follows it' }),
});

/** `{status: true, message, data, next_cursor}` */
export function withPage<Schema extends z.ZodType>(entry: Schema) {
  return json(
    z.object({
      status: z.literal(true),
      message: z.string(),
      data: z.array(entry),
      next_cursor: z.string().nullable().openapi({ description: 'Where the next page begins; null on the last' }),
    }),
  );
}

export function pageOfQuery({ limit, cursor }: z.output<typeof pageInQuery>): PageRequest {
  return { limit, ...(cursor && { cursor }) };
}

/** The two fields of an answer that make it a list. */
export function listed<Row, Entry>({ rows, next }: Listed<Row>, entry: (row: Row) => Entry) {
  return { data: rows.map((row) => entry(row)), next_cursor: next && encodeCursor(next) };
}
