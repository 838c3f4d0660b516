/** Where a widget's config comes from: today the proxy. Failures come out as a `CallError`. */

import type { WidgetConfig } from '../config/widget-config.ts';
import { fetchWidget } from '../gateway/widget-request.ts';
import { CallError } from './errors.ts';

export interface ConfigSource {
  /** Absolute, or relative to the page. */
  readonly proxyUrl: string;
  readonly widgetId: string;
  readonly signal: AbortSignal;
}

export interface LoadedConfig {
  readonly config: WidgetConfig;
  /** Where call sockets will go, for preconnecting; null where the proxy doesn't know. */
  readonly gatewayOrigin: string | null;
}

/** A published object that the page itself gives. */
export async function givenConfig(widget: unknown): Promise<LoadedConfig> {
  const { readIndigenius } = await import('../config/indigenius.ts');
  return { config: readIndigenius(widget), gatewayOrigin: null };
}

/** @throws CallError `widget-unknown`, `origin-refused`, `unreachable`, `timeout`, `platform-error`, `full` */
export async function fetchConfig(source: ConfigSource): Promise<LoadedConfig> {
  try {
    const { widget, gateway_origin: gatewayOrigin } = await fetchWidget(source);
    const { readIndigenius } = await import('../config/indigenius.ts');
    return { config: readIndigenius(widget), gatewayOrigin };
  } catch (error) {
    throw CallError.from(error);
  }
}
