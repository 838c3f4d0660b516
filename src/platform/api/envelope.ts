/** What routes have in common in their descriptions: the envelope of answers and the JSON of bodies. */

import { z } from '@hono/zod-openapi';

const failure = z
  .object({ status: z.literal(false), message: z.string(), data: z.null(), code: z.string().optional() })
  .openapi('Failure');

const FAILURES = {
  400: 'The body is not valid',
  401: 'The API key is missing, unknown, revoked or expired',
  403: 'The API key lacks a scope, or the owner has not opened this',
  404: 'Not found',
  409: 'Not possible as things stand',
} as const;

/** The failures of a route, beside those of every route: 401, 413 and 500. */
export function failures<Status extends keyof typeof FAILURES>(...statuses: readonly Status[]) {
  const answers = statuses.map((status) => [status, { description: FAILURES[status], ...json(failure) }]);
  return Object.fromEntries(answers) as Record<
    Status,
    { description: string } & ReturnType<typeof json<typeof failure>>
  >;
}

export function json<Schema extends z.ZodType>(schema: Schema) {
  return { content: { 'application/json': { schema } } };
}

/** `{status: true, message, data}` */
export function withData<Schema extends z.ZodType>(data: Schema) {
  return json(z.object({ status: z.literal(true), message: z.string(), data }));
}

/** `{status: true, message}` */
export const withMessage = json(z.object({ status: z.literal(true), message: z.string() }));

export const idInPath = z.object({ id: z.string().openapi({ example: '665e4a34c65bb95f2f2d72e1' }) });

type Present<Row> = { [Field in keyof Row]: Exclude<Row[Field], null> | (null extends Row[Field] ? undefined : never) };

/** A row as it is answered: without what is hidden, and without what nobody has set. */
export function present<Row extends object, Hidden extends keyof Row = never>(
  row: Row,
  ...hidden: readonly Hidden[]
): Present<Omit<Row, Hidden>> {
  const shown = Object.entries(row).filter(
    ([field, value]) => value !== null && !hidden.some((each) => each === field),
  );
  return Object.fromEntries(shown) as Present<Omit<Row, Hidden>>;
}
