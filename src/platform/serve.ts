/**
 * Puts a platform and its gateway on one port: requests to the API, sockets on the gateway's path to the gateway. While
 * it serves it sweeps, and it stops in good order.
 */

import { createAdaptorServer, type ServerType } from '@hono/node-server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
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
    /** Ends what nobody else will; called at once and every minute. */
    sweep?(): Promise<void>;
    /** Lets `/readyz` answer 503. */
    retire?(): void;
    close(): Promise<void>;
  };
  readonly gateway: SocketGateway;
  /** 0 for any free port. */
  readonly port: number;
  /** Loopback unless told otherwise. */
  readonly host?: string;
  /** How long calls may take to end when this closes, in ms. */
  readonly drainMs?: number;
  /**
   * How long requests are answered at least once `/readyz` says 503, in ms, so that a load balancer notices; 0 unless
   * told otherwise.
   */
  readonly noticeMs?: number;
  /** How long requests that are under way then may take, in ms. */
  readonly finishMs?: number;
}

export interface Serving {
  readonly url: string;
  readonly port: number;
  /** Ends the calls, lets requests finish, then closes the port and the platform's store. Safe twice. */
  close(): Promise<void>;
}

const SWEEP_EVERY_MS = 60_000;

/** Resolves when the port is open. @throws where it can't be opened, as `EADDRINUSE`. */
export async function servePlatform({
  platform,
  gateway,
  port,
  host = '127.0.0.1',
  drainMs = 5_000,
  noticeMs = 0,
  finishMs = 5_000,
}: ServeOptions): Promise<Serving> {
  const server = createAdaptorServer({ fetch: (request, env) => platform.app.fetch(request, env) });
  // Speech does not deflate, and a frame over the limit closes with 1009.
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });

  let closing: Promise<void> | null = null;
  let finishing = false;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (closing !== null) response.setHeader('Connection', 'close');
    // A connection that is kept alive would wait for a next request.
    response.once('close', () => finishing && request.socket.destroySoon());
  });
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

  let sweeping = Promise.resolve();
  const sweep = (): void => {
    sweeping = sweeping.then(() => platform.sweep?.());
  };
  sweep();
  const sweeps = setInterval(sweep, SWEEP_EVERY_MS);

  async function close(): Promise<void> {
    platform.retire?.();
    clearInterval(sweeps);
    // The port stays open, for probes and for whoever has not noticed yet.
    await Promise.all([gateway.drain(drainMs), pause(noticeMs)]);
    for (const socket of sockets.clients) socket.terminate();
    finishing = true;
    await finish(server, finishMs);
    await sweeping;
    await platform.close();
    platform.logger.info('platform closed');
  }
  return { url, port: address.port, close: () => (closing ??= close()) };
}

/** Takes no more connections; resolves when the last answer is sent, or by force when the time is over. */
async function finish(server: ServerType, withinMs: number): Promise<void> {
  // Those that wait for a next request are closed with it.
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const force = setTimeout(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
  }, withinMs);
  await closed;
  clearTimeout(force);
}

function refuse(stream: Duplex): void {
  stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
