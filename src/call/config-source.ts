/**
 * Where a widget's config comes from: the proxy, or the page itself. What reads it is fetched together with it, so that
 * the page's first bytes carry no reader. Failures come out as a `CallError`.
 */

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

/** @throws CallError `widget-unknown`, `origin-refused`, `unreachable`, `timeout`, `platform-error`, `full` */
export async function fetchConfig(source: ConfigSource): Promise<LoadedConfig> {
  try {
    const [{ widget, gateway_origin: gatewayOrigin }, readConfig] = await Promise.all([fetchWidget(source), reader()]);
    return { config: readConfig(widget), gatewayOrigin };
  } catch (error) {
    throw CallError.from(error);
  }
}

/**
 * The config out of a published widget object that the page has itself.
 *
 * @throws CallError `unreachable` where the reader can't be fetched
 */
export async function givenConfig(object: unknown): Promise<LoadedConfig> {
  const readConfig = await reader();
  return { config: readConfig(object), gatewayOrigin: null };
}

async function reader(): Promise<(object: unknown) => WidgetConfig> {
  try {
    return (await import('../config/read-config.ts')).readConfig;
  } catch (cause) {
    throw new CallError('unreachable', "The widget's own files could not all be fetched: serve those beside it.", {
      cause,
    });
  }
}
