/** What a closed socket means for a call. Pure. */

import { NOT_READY } from '../gateway/ports.ts';
import { CloseCode } from '../protocol/messages.ts';
import { CallError, type CallErrorReason } from './errors.ts';
import type { EndReason } from './state.ts';

export interface Closed {
  readonly code: number;
  readonly reason: string;
  /** Whether the gateway had said `ready`. */
  readonly ready: boolean;
}

/** What the call ended with: a reason of its own, or an error. */
export type Outcome = { readonly reason: Exclude<EndReason, 'error'> } | { readonly error: CallError };

/**
 * Reads a close code as docs/protocol.md lists them.
 *
 * @param announced what the gateway's `end` said before, or null
 */
export function outcomeOf({ code, reason, ready }: Closed, announced: EndReason | null): Outcome {
  if (announced !== null && announced !== 'error') return { reason: announced };
  const said = `The gateway closed the socket with ${code}${reason ? `: ${reason}` : ''}.`;
  const error = (why: CallErrorReason, remedy: string): Outcome => ({
    error: new CallError(why, `${said} ${remedy}`),
  });
  switch (code) {
    case CloseCode.normal:
      if (announced === 'error') return error('platform-error', 'Its engine failed: see its log.');
      return ready ? { reason: 'assistant' } : error('gateway-refused', 'It ended the call before it began.');
    case CloseCode.refused:
      return reason === 'origin not allowed'
        ? error('origin-refused', "Add this page's origin to the widget's allowed_origins.")
        : error('gateway-refused', 'Start a fresh call.');
    case CloseCode.full:
      return error('full', 'It has no room for another call now.');
    case CloseCode.unavailable:
      return error(reason === 'draft' ? 'draft' : 'paused', "Set the widget's status to active.");
    case CloseCode.replaced:
      return { reason: 'replaced' };
    case CloseCode.terms:
      return error('terms-declined', 'The terms have changed since they were accepted: ask again.');
    case CloseCode.version:
      return error('protocol', 'It speaks another version of the protocol: update the widget.');
    case CloseCode.garbage:
    case CloseCode.notJson:
    case CloseCode.tooBig:
      return error('protocol', 'The two sides do not speak the same protocol.');
    default:
      if (reason === NOT_READY) return error('timeout', 'It never said ready.');
      return ready
        ? error('connection-lost', 'The connection broke in the middle of the call.')
        : error('unreachable', 'Check that gateway.url can be reached from a browser.');
  }
}
