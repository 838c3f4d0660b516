/** What a close code of the gateway's means for a call. Pure. Fetched when there is one that needs to be read. */

import { CloseCode } from '../protocol/messages.ts';
import type { Closed } from './broken-line.ts';
import { CallError, type CallErrorReason } from './errors.ts';
import type { EndReason } from './state.ts';

/** What a call ends with: a reason of its own, or an error. */
export type Outcome = { readonly reason: Exclude<EndReason, 'error'> } | { readonly error: CallError };

/**
 * Reads a close code as docs/protocol.md lists them.
 *
 * @param announced what the gateway's `end` said before, or null
 * @returns null for any other code: to the call, the line is broken
 */
export function outcomeOf({ code, reason, ready }: Closed, announced: EndReason | null): Outcome | null {
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
      return null;
  }
}
