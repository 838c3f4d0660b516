/** A line that broke, as an error: where it did, nothing can be fetched to tell. What other codes mean, `closing.ts` knows. */

import { NOT_READY } from '../gateway/ports.ts';
import { CallError } from './errors.ts';

/** How a socket ended. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
  /** Whether the gateway had said `ready`. */
  readonly ready: boolean;
}

export function brokenLine({ code, reason, ready }: Closed): CallError {
  const said = `The socket was closed with ${code}${reason && `: ${reason}`}.`;
  if (reason === NOT_READY) return new CallError('timeout', `${said} The gateway never said ready.`);
  return ready
    ? new CallError('connection-lost', `${said} The connection broke in the middle of the call.`)
    : new CallError('unreachable', `${said} Check that gateway.url can be reached from a browser.`);
}
