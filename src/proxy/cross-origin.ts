/** CORS for pages on another origin than the proxy's. */

import type { MiddlewareHandler } from 'hono';
import { ProxyFailure } from './failure.ts';

/**
 * Lets the asking page read the answer, unless the answer is that its origin is refused. A refusal for another reason
 * (no such widget, too many requests) holds nothing but that reason, and a page that can't read it can't tell it from a
 * broken line. A preflight names no widget, so it decides nothing: the request after it does.
 */
export const crossOrigin: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('Origin');
  if (c.req.method === 'OPTIONS' && origin !== undefined) {
    return c.body(null, 204, {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Allow-Headers': 'Content-Type',
      'Access-Control-Max-Age': '600',
      Vary: 'Origin',
    });
  }
  await next();
  c.header('Vary', 'Origin', { append: true });
  const refused = c.error instanceof ProxyFailure && c.error.code === 'origin_refused';
  if (origin !== undefined && !refused) {
    c.header('Access-Control-Allow-Origin', origin);
    c.header('Access-Control-Expose-Headers', 'Retry-After');
  }
  return undefined;
};
