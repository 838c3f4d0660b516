/** What passes between the page and whoever owns the socket; the same whether that is a worker or the page itself. */

import type { AudioFormat, ClientMessage, GatewayMessage, StartMessage } from '../protocol/messages.ts';

/** The socket's from the moment they are given: closed with it, or when others take their place. */
export interface SoundPorts {
  /** Gives `UplinkFrame`s, gets `UplinkSpent`s; null where nobody speaks. */
  readonly uplink: MessagePort | null;
  /** Gets `DownlinkMessage`s, gives `HeardReport`s; null where nobody listens. */
  readonly downlink: MessagePort | null;
}

export interface SocketOptions extends SoundPorts {
  /** Opened exactly as it came. */
  readonly url: string;
  /** The first frame of every socket. */
  readonly start: StartMessage;
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
  /** Sound taken from the microphone and not yet acknowledged by the gateway, in ms. */
  readonly backlogMs: number;
  /** The assistant's sound received so far, in ms. */
  readonly receivedMs: number;
  /** What `ready` chose; null before it, and in writing. */
  readonly up: AudioFormat | null;
  readonly down: AudioFormat | null;
  /** Bytes that the browser has not yet put on the line. */
  readonly bufferedAmount: number;
}

export interface SocketHandlers {
  /** All but `ack` and `pong`, and audio. */
  onmessage(message: GatewayMessage): void;
  /** Once, when the socket is gone for good; not after `close()`. */
  onclose(closed: Closed): void;
}

export type ToWorker =
  | ({ readonly type: 'open' } & SocketOptions)
  | { readonly type: 'send'; readonly message: ClientMessage }
  | ({ readonly type: 'connect' } & SoundPorts)
  | { readonly type: 'interrupt' }
  /** Answered by `stats`. */
  | { readonly type: 'stats' }
  | { readonly type: 'end'; readonly reason: string }
  | { readonly type: 'close' };

export type FromWorker =
  /** The first word: this worker runs. */
  | { readonly type: 'hello' }
  | { readonly type: 'message'; readonly message: GatewayMessage }
  | { readonly type: 'stats'; readonly stats: GatewayStats }
  | { readonly type: 'closed'; readonly closed: Closed };
