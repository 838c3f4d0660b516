/** The failure of a request to the proxy, with its reason as a call will tell it. */

export type SessionErrorReason =
  'origin-refused' | 'widget-unknown' | 'paused' | 'draft' | 'full' | 'unreachable' | 'platform-error' | 'timeout';

/** Why the proxy gave no call, or no widget. `message` names the remedy for the developer. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly reason: SessionErrorReason;
  /** Seconds after which trying again makes sense, where the server said so. */
  readonly retryAfterS: number | null;

  constructor(
    reason: SessionErrorReason,
    message: string,
    { retryAfterS = null, ...options }: ErrorOptions & { retryAfterS?: number | null } = {},
  ) {
    super(message, options);
    this.reason = reason;
    this.retryAfterS = retryAfterS;
  }
}
