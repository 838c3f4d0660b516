/** What routes have in common in their descriptions: the envelope of answers and the JSON of bodies. */

import { z } from '@hono/zod-openapi';

const failure = z
  .object({ status: z.literal(false), message: z.string(), data: z.null(), code: z.string().optional() })
  .openapi('Failure');

const FAILURES = {
  400: 'The request is not valid',
  401: 'The API key is missing, unknown, revoked or expired',
  403: 'The API key lacks a scope, may not be used from this address, or the owner has not opened this',
  404: 'Not found',
  409: 'Not possible as things stand',
  413: 'The body is too long',
  429: 'A limit of the API key is reached: `Retry-After` says in how many seconds to try again',
  500: 'Internal server error',
} as const;

const OF_EVERY_ROUTE = [401, 413, 429, 500] as const;

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer', minimum: 1 } } };

/** The failures of a route, those that every route has among them. */
export function failures<Status extends keyof typeof FAILURES>(...statuses: readonly Status[]) {
  const answers = [...statuses, ...OF_EVERY_ROUTE].map((status) => [
    status,
    { description: FAILURES[status], ...(status === 429 && { headers: RETRY_AFTER }), ...json(failure) },
  ]);
  return Object.fromEntries(answers) as Record<
    Status | (typeof OF_EVERY_ROUTE)[number],
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

export const idInPath = z.object({
  id: z.string().openapi({ description: '24 hexadecimal digits', example: '665e4a34c65bb95f2f2d72e1' }),
});

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
