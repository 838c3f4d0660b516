/** What passes between the page and whoever owns the socket; the same whether that is a worker or the page itself. */

import type { ClientMessage, GatewayMessage, StartMessage } from '../protocol/messages.ts';

export interface SocketOptions {
  /** Opened exactly as it came. */
  readonly url: string;
  /** The first frame of every socket. */
  readonly start: StartMessage;
  /** Gives `UplinkFrame`s; null where nobody speaks. The socket's from here on: closed with it. */
  readonly uplink: MessagePort | null;
  /** Gets `DownlinkMessage`s, gives `HeardReport`s; null where nobody listens. Closed with the socket too. */
  readonly downlink: MessagePort | null;
}

/** The `reason` of a socket that was given up because no `ready` came. */
export const NOT_READY = 'not ready in time';

/** How a socket ended. */
export interface Closed {
  /** The gateway's close code; 1006 where the line broke or nothing came in time. */
  readonly code: number;
  readonly reason: string;
  /** Whether a socket was ever open. */
  readonly opened: boolean;
  /** Whether the gateway had said `ready`. */
  readonly ready: boolean;
}

export interface GatewayStats {
  /** Uplink frames sent. */
  readonly sentFrames: number;
  /** Uplink frames that nobody will hear: the line was too slow. */
  readonly droppedFrames: number;
  /** Of the latest ping; null before the first answer. */
  readonly rttMs: number | null;
}

export interface SocketHandlers {
  /** All but `ack` and `pong`, and audio. */
  onmessage(message: GatewayMessage): void;
  /** Once, when the socket is gone for good; not after `close()`. */
  onclose(closed: Closed): void;
  /** Every few seconds. */
  onstats?(stats: GatewayStats): void;
}

export type ToWorker =
  | ({ readonly type: 'open' } & SocketOptions)
  | { readonly type: 'send'; readonly message: ClientMessage }
  | { readonly type: 'end'; readonly reason: string }
  | { readonly type: 'close' };

export type FromWorker =
  /** The first word: this worker runs. */
  | { readonly type: 'hello' }
  | { readonly type: 'message'; readonly message: GatewayMessage }
  | { readonly type: 'stats'; readonly stats: GatewayStats }
  | { readonly type: 'closed'; readonly closed: Closed };
