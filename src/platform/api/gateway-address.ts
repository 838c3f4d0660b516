/** Where the socket of a call is. */

import { z } from '@hono/zod-openapi';
import type { Gateway } from '../../protocol/rest.ts';

export const GATEWAY_PATH = '/new-web-call/connection';

export const gateway = z
  .object({ transport: z.literal('websocket'), path: z.string(), url: z.url() })
  .openapi('Gateway');

/** @param origin `https://host`, from which the socket's is `wss://host`. */
export function gatewayOf(origin: string, call: { id: string; assistantId: string }): Gateway {
  const query = new URLSearchParams({ assistant_id: call.assistantId, call_id: call.id });
  const socketOrigin = origin.replace(/^http/, 'ws');
  return { transport: 'websocket', path: GATEWAY_PATH, url: `${socketOrigin}${GATEWAY_PATH}?${query}` };
}
