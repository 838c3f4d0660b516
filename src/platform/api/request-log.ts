/** Gives each request an id and, when it is answered, one line in the log. */

import { createMiddleware } from 'hono/factory';
import { randomUUID } from 'node:crypto';
import type { PlatformEnv } from './env.ts';

export const requestLog = createMiddleware<PlatformEnv>(async (c, next) => {
  const startedAt = performance.now();
  const requestId = randomUUID();
  c.set('requestId', requestId);
  await next();
  c.header('X-Request-Id', requestId);
  c.var.logger.info('request', {
    request_id: requestId,
    method: c.req.method,
    // Without the query: nobody knows what a caller put there.
    path: c.req.path,
    status: c.res.status,
    duration_ms: Math.round(performance.now() - startedAt),
  });
});
