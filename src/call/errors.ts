/** Every way in which a call can fail, as one error class with a closed list of reasons. */

export const CALL_ERROR_REASONS = [
  'insecure-context',
  'microphone-denied',
  'microphone-missing',
  'microphone-busy',
  'microphone-policy',
  'origin-refused',
  'widget-unknown',
  'terms-declined',
  'paused',
  'draft',
  'full',
  'unreachable',
  'platform-error',
  'gateway-refused',
  'connection-lost',
  'protocol',
  'timeout',
  'unsupported',
] as const;

export type CallErrorReason = (typeof CALL_ERROR_REASONS)[number];

/** Reasons for which the same visitor may press the button again and succeed. */
const RETRYABLE: ReadonlySet<CallErrorReason> = new Set([
  'microphone-denied',
  'microphone-missing',
  'microphone-busy',
  'terms-declined',
  'full',
  'unreachable',
  'platform-error',
  'gateway-refused',
  'connection-lost',
  'protocol',
  'timeout',
]);

/** Why a call did not start, or broke. `message` names the remedy for the developer; visitors read the dictionary. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly reason: CallErrorReason;
  /** Seconds after which trying again makes sense, where the server said so. */
  readonly retryAfterS: number | null;

  constructor(reason: CallErrorReason, message: string, options: { cause?: unknown; retryAfterS?: number } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.reason = reason;
    this.retryAfterS = options.retryAfterS ?? null;
  }

  get retryable(): boolean {
    return RETRYABLE.has(this.reason);
  }
}
