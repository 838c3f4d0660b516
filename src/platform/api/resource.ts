/** A group of routes whose bodies and paths are checked by their own descriptions. */

import { OpenAPIHono } from '@hono/zod-openapi';
import type { PlatformEnv } from './env.ts';
import { ApiFailure } from './failure.ts';

/** Issues named at most: a body of nothing but mistakes needs no long answer. */
const MAX_ISSUES = 5;

export function resource() {
  return new OpenAPIHono<PlatformEnv>({
    defaultHook(result) {
      if (result.success) return;
      const issues = result.error.issues.slice(0, MAX_ISSUES);
      const sentences = issues.map(({ path, message }) => `${path.length > 0 ? path.join('.') : 'body'}: ${message}`);
      throw new ApiFailure(400, sentences.join('; '));
    },
  });
}
