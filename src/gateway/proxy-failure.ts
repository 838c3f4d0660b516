/** What an answer of the proxy's other than yes means for a call. Fetched only when there is one. */

import type { ProxyErrorCode } from '../protocol/rest.ts';
import { SessionError, type SessionErrorReason } from './session-error.ts';

const REASONS: Readonly<Partial<Record<ProxyErrorCode, readonly [SessionErrorReason, string]>>> = {
  widget_unknown: ['widget-unknown', 'No such widget: check widget-id.'],
  origin_refused: ['origin-refused', "Add this page's origin to the widget's allowed_origins."],
  widget_paused: ['paused', "Set the widget's status to active."],
  widget_draft: ['draft', "Set the widget's status to active."],
  full: ['full', 'The platform has no room for another call now.'],
  rate_limited: ['full', 'Too many requests from this address.'],
  upstream_unreachable: ['unreachable', 'The proxy could not reach the platform.'],
};

/** @param body the answer's JSON, whatever it is */
export function failureOf({ status, headers }: Response, body: unknown): SessionError {
  const error = (body as { error?: { code?: unknown } | null } | null | undefined)?.error ?? {};
  const { code } = error;
  const known = typeof code === 'string' && Object.hasOwn(REASONS, code) ? REASONS[code as ProxyErrorCode] : undefined;
  const [reason, remedy] = known ?? ['platform-error', "See the proxy's log, and check proxy-url."];
  const message = `The proxy answered ${status}${typeof code === 'string' ? ` ${code}` : ''}. ${remedy}`;
  const seconds = headers.get('Retry-After');
  return new SessionError(reason, message, { retryAfterS: seconds && /^\d+$/.test(seconds) ? Number(seconds) : null });
}
