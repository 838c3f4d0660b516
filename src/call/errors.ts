/** Every way in which a call can fail, as one error class with a closed list of reasons. */

import { SessionError } from '../gateway/session-error.ts';

export const CALL_ERROR_REASONS = [
  'insecure-context',
  'microphone-denied',
  'microphone-missing',
  'microphone-busy',
  'microphone-policy',
  'origin-refused',
  'widget-unknown',
  'other-channel',
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

/** Reasons that no visitor can do anything about. */
const FINAL: ReadonlySet<string> = new Set<CallErrorReason>([
  'insecure-context',
  'microphone-policy',
  'origin-refused',
  'widget-unknown',
  'other-channel',
  'paused',
  'draft',
  'unsupported',
]);

/** Known by name: code that is fetched when it is needed throws the one, another copy of this code the other. */
const KNOWN: readonly string[] = ['MicrophoneError', 'CallError'];

/** Why a call did not start, or broke. `message` names the remedy for the developer; visitors read the dictionary. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly reason: CallErrorReason;
  /** Seconds after which trying again makes sense, where the server said so. */
  readonly retryAfterS: number | null;

  constructor(
    reason: CallErrorReason,
    message: string,
    options: { cause?: unknown; retryAfterS?: number | null | undefined } = {},
  ) {
    super(message, options);
    this.reason = reason;
    this.retryAfterS = options.retryAfterS ?? null;
  }

  /**
   * Makes a `CallError` of what a room below threw: their errors carry one of our reasons, since a cause is known
   * where it happens. Anything else is a defect, of a page's browser or of ours: `unsupported`.
   */
  static from(error: unknown): CallError {
    if (error instanceof CallError) return error;
    if (hasReason(error)) {
      const { reason, message, retryAfterS } = error;
      return new CallError(reason, message, { cause: error, retryAfterS });
    }
    const detail = error instanceof Error ? error.message : String(error);
    return new CallError('unsupported', `This browser could not carry the call: ${detail}`, { cause: error });
  }

  /** Whether the same visitor may press the button again and succeed. */
  get retryable(): boolean {
    return !FINAL.has(this.reason);
  }
}

function hasReason(error: unknown): error is Pick<CallError, 'reason' | 'message'> & Partial<CallError> {
  if (error instanceof SessionError) return true;
  return error instanceof Error && KNOWN.includes(error.name) && 'reason' in error;
}
