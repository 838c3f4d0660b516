/** Creates a call through the proxy, which holds the API key. */

import type { CreateCallResponse } from '../protocol/rest.ts';
import { isObject, malformed, requestProxy } from './proxy-request.ts';

export interface CreateCallOptions {
  readonly proxyUrl: string;
  readonly widgetId: string;
  readonly signal: AbortSignal;
}

/** @throws SessionError, or the signal's reason */
export async function createCall({ proxyUrl, widgetId, signal }: CreateCallOptions): Promise<CreateCallResponse> {
  const body = await requestProxy(proxyUrl, '/create-call', signal, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ widget_id: widgetId }),
  });
  if (!isCreatedCall(body)) throw malformed('The created call');
  return body;
}

function isCreatedCall(body: unknown): body is CreateCallResponse {
  return (
    isObject(body) &&
    typeof body['call_id'] === 'string' &&
    typeof body['assistant_id'] === 'string' &&
    isObject(body['gateway']) &&
    typeof body['gateway']['url'] === 'string'
  );
}
