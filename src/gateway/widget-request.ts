/** Fetches the public part of a widget through the proxy. In every page's first bytes: it must not pull in the socket. */

import type { WidgetResponse } from '../protocol/rest.ts';
import { isObject, malformed, requestProxy } from './proxy-request.ts';

export interface FetchWidgetOptions {
  readonly proxyUrl: string;
  readonly widgetId: string;
  readonly signal: AbortSignal;
}

/** The widget's fields are unchecked: `config` reads them. @throws SessionError, or the signal's reason */
export async function fetchWidget({ proxyUrl, widgetId, signal }: FetchWidgetOptions): Promise<WidgetResponse> {
  const body = await requestProxy(proxyUrl, `/widgets/${encodeURIComponent(widgetId)}`, signal);
  if (!isObject(body) || !isObject(body['widget'])) throw malformed('The widget');
  const origin = body['gateway_origin'];
  return { widget: body['widget'], gateway_origin: typeof origin === 'string' ? origin : null };
}
