/**
 * The way to a gateway, for the page: in a worker where there can be one, in the page where there must. Which of the two
 * is known before any port is handed over, so that no word is lost on the way from one to the other.
 */

import type { ClientMessage } from '../protocol/messages.ts';
import { startWorker } from '../script.ts';
import type { GatewayStats, SocketHandlers, SocketOptions, SoundPorts } from './ports.ts';
import { RemoteSocket } from './remote-socket.ts';
import socketScript from './socket.worker.ts?script';

export type { Closed, GatewayStats } from './ports.ts';

/** One call's line. */
export interface Gateway {
  send(message: ClientMessage): void;
  /** Hangs up, and resolves when the gateway has closed, or after a second. Safe twice. */
  end(reason: string): Promise<void>;
  /** At once, and without `onclose`. Safe twice. */
  close(): void;
  /** Settles when worker, ports, timers and listeners are let go. */
  readonly gone: Promise<void>;
  /**
   * The sound graph was rebuilt: sound comes and goes through these ports from now on. Any time after `open`; what the
   * old graph has not played of the assistant's words goes to the new one, and its count of what was heard begins at 0.
   */
  connect(ports: SoundPorts): void;
  /**
   * The visitor wants to hear no more of what is being said, or else is about to be: silence at once, and the gateway
   * is told how much was heard. Does nothing where nothing is left to be heard.
   */
  interrupt(): void;
  /** Now; the last known where the socket is over, or no answer came within 500 ms. */
  getStats(): Promise<GatewayStats>;
}

export interface PreparedGateway {
  /** Whether the socket will live in a worker. */
  readonly inWorker: boolean;
  /** Once. */
  open(options: SocketOptions & SocketHandlers): Gateway;
}

export interface PrepareOptions {
  /** A folder of the host's with a copy of the worker, as a URL. */
  readonly assetBase: string | null;
  /** Aborting closes whatever there is by then. */
  readonly signal: AbortSignal;
}

/** Needs no address yet, so that it runs while the call is being created. Rejects with the signal's reason only. */
export async function prepareGateway({ assetBase, signal }: PrepareOptions): Promise<PreparedGateway> {
  const worker = await startWorker(socketScript, { assetBase, signal }).catch(() => null);
  // Only a page without a worker pays for these bytes.
  const inPage = worker || signal.aborted ? null : await import('./socket.ts');
  if (signal.aborted) worker?.terminate();
  signal.throwIfAborted();

  const terminate = (): void => worker?.terminate();
  signal.addEventListener('abort', terminate);
  return {
    inWorker: worker !== null,
    open(options) {
      signal.removeEventListener('abort', terminate);
      const gateway = worker ? new RemoteSocket(worker, options, options) : new inPage!.Socket(options, options);
      const close = (): void => gateway.close();
      signal.addEventListener('abort', close);
      void gateway.gone.then(() => signal.removeEventListener('abort', close));
      if (signal.aborted) close();
      return gateway;
    },
  };
}
