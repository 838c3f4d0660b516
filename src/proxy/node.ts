/** Serves the proxy on Node, alone on a port of its own. */

import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { nodeAddress } from './client-address.ts';
import { createProxy, type ProxyOptions } from './proxy.ts';

export { nodeAddress } from './client-address.ts';

export interface ServeProxyOptions extends Omit<ProxyOptions, 'apiKey' | 'clientAddress'> {
  /** The environment's `INDIGENIUS_API_KEY` unless told otherwise. */
  readonly apiKey?: string;
  /** The environment's `INDIGENIUS_API_URL`, or Indigenius's own, unless told otherwise. */
  readonly apiUrl?: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Loopback unless told otherwise. */
  readonly host?: string;
  /** How many proxies of your own stand before this one and append to `X-Forwarded-For`. None unless told otherwise. */
  readonly trustedProxies?: number;
}

export interface ServingProxy {
  /** With the base path: what a widget's `proxy-url` is, seen from this machine. */
  readonly url: string;
  readonly port: number;
  /** Safe twice. */
  close(): Promise<void>;
}

/**
 * Resolves when the port is open.
 *
 * @throws Error where the key is missing, or the port can't be opened (`EADDRINUSE`)
 * @example
 * import { serveProxy } from 'indigenius-widget/proxy/node';
 *
 * const { url } = await serveProxy({ port: 8080 });
 */
export async function serveProxy({
  port,
  host = '127.0.0.1',
  trustedProxies = 0,
  apiKey = process.env['INDIGENIUS_API_KEY'] ?? '',
  apiUrl = process.env['INDIGENIUS_API_URL'],
  basePath = '/indigenius',
  production = process.env['NODE_ENV'] === 'production',
  ...options
}: ServeProxyOptions): Promise<ServingProxy> {
  const proxy = createProxy({
    ...options,
    apiKey,
    ...(apiUrl && { apiUrl }),
    basePath,
    production,
    clientAddress: nodeAddress({ trustedProxies }),
  });
  const server = createAdaptorServer({ fetch: proxy.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      if ('closeIdleConnections' in server) server.closeIdleConnections();
    });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}${basePath}`,
    port: address.port,
    close: () => (closing ??= close()),
  };
}
