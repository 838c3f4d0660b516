/** Puts a platform and its gateway on one port: requests to the API, sockets on the gateway's path to the gateway. */

import { createAdaptorServer } from '@hono/node-server';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { MAX_FRAME_BYTES } from '../protocol/messages.ts';
import { GATEWAY_PATH } from './api/gateway-address.ts';
import type { Logger } from './api/log.ts';

/** The gateway, as far as serving it goes. */
export interface SocketGateway {
  /** Takes an open socket over, to answer it or to close it with a code. */
  handle(socket: WebSocket, request: { url: string; origin: string | null }): void;
  /** Ends every call, and resolves when none is left or the time is over. */
  drain(timeoutMs: number): Promise<void>;
}

export interface ServeOptions {
  readonly platform: {
    readonly app: { fetch(request: Request, env?: unknown): Response | Promise<Response> };
    readonly logger: Logger;
    close(): Promise<void>;
  };
  readonly gateway: SocketGateway;
  /** 0 for any free port. */
  readonly port: number;
  /** Loopback unless told otherwise. */
  readonly host?: string;
  /** How long calls may take to end when this closes, in ms. */
  readonly drainMs?: number;
}

export interface Serving {
  readonly url: string;
  readonly port: number;
  /** Ends the calls, then closes the port and the platform's store. Safe twice. */
  close(): Promise<void>;
}

/** Resolves when the port is open. @throws where it can't be opened, as `EADDRINUSE`. */
export async function servePlatform({
  platform,
  gateway,
  port,
  host = '127.0.0.1',
  drainMs = 5_000,
}: ServeOptions): Promise<Serving> {
  const server = createAdaptorServer({ fetch: (request, env) => platform.app.fetch(request, env) });
  // Speech does not deflate, and a frame over the limit closes with 1009.
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const url = request.url ?? '/';
    if (url.split('?', 1)[0] !== GATEWAY_PATH) return refuse(stream);
    // Always accepted: of a refusal by HTTP a browser sees nothing but 1006. The gateway closes with a code.
    sockets.handleUpgrade(request, stream, head, (socket) => {
      gateway.handle(socket, { url, origin: request.headers.origin ?? null });
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  platform.logger.info('platform listening', { url });

  let closing: Promise<void> | null = null;
  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await gateway.drain(drainMs);
    for (const socket of sockets.clients) socket.terminate();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await closed;
    await platform.close();
    platform.logger.info('platform closed');
  }
  return { url, port: address.port, close: () => (closing ??= close()) };
}

function refuse(stream: Duplex): void {
  stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
