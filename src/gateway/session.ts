/** Creates a call through the proxy, which holds the API key. */

import type { CreateCallResponse } from '../protocol/rest.ts';
import { isObject, malformed, requestProxy } from './proxy-request.ts';

export interface CreateCallOptions {
  readonly proxyUrl: string;
  readonly widgetId: string;
  readonly signal: AbortSignal;
}

/** What a call needs to know of itself. */
export type CreatedCall = Pick<CreateCallResponse, 'call_id' | 'assistant_id'> & {
  readonly gateway: Pick<CreateCallResponse['gateway'], 'url'>;
};

/** @throws SessionError, or the signal's reason */
export async function createCall({ proxyUrl, widgetId, signal }: CreateCallOptions): Promise<CreatedCall> {
  const body = await requestProxy(proxyUrl, '/create-call', signal, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ widget_id: widgetId }),
  });
  if (!isCreatedCall(body)) throw malformed('The created call');
  return body;
}

function isCreatedCall(body: unknown): body is CreatedCall {
  return (
    isObject(body) &&
    typeof body['call_id'] === 'string' &&
    typeof body['assistant_id'] === 'string' &&
    isObject(body['gateway']) &&
    typeof body['gateway']['url'] === 'string'
  );
}
