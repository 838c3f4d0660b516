/** Why there is no microphone, as a closed list of reasons. Fetched when there is none. */

export type MicrophoneErrorReason =
  | 'insecure-context'
  | 'microphone-denied'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'microphone-policy'
  | 'unsupported';

/** What each asks of the developer. */
const REMEDIES: Readonly<Record<MicrophoneErrorReason, string>> = {
  'insecure-context': 'Browsers give the microphone to pages served over HTTPS (or localhost) only.',
  'microphone-denied': 'The visitor, or the browser on their behalf, refused the microphone.',
  'microphone-missing': 'No microphone is connected.',
  'microphone-busy': 'The microphone could not be started; another program may hold it.',
  'microphone-policy':
    'This frame may not use the microphone: give its iframe allow="microphone", and check the Permissions-Policy header.',
  unsupported: 'This browser cannot record sound.',
};

/** `message` names the remedy for the developer; visitors read the dictionary. */
export class MicrophoneError extends Error {
  override readonly name = 'MicrophoneError';
  readonly reason: MicrophoneErrorReason;

  constructor(reason: MicrophoneErrorReason, cause?: unknown) {
    super(REMEDIES[reason], { cause });
    this.reason = reason;
  }

  /** Out of what `getUserMedia` rejected with. */
  static async from(cause: unknown): Promise<MicrophoneError> {
    return new MicrophoneError(await reasonOf(cause), cause);
  }
}

async function reasonOf(cause: unknown): Promise<MicrophoneErrorReason> {
  if (!isSecureContext) return 'insecure-context';
  // By name: an OverconstrainedError is no DOMException in every browser.
  switch ((cause as Partial<Error> | null)?.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return (await isForbidden()) ? 'microphone-policy' : 'microphone-denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'microphone-missing';
    case 'NotReadableError':
    case 'AbortError':
    case 'InvalidStateError':
      return 'microphone-busy';
    default:
      return 'unsupported';
  }
}

/** Only Chromium has either, under the one name or the other. */
interface PolicyDocument {
  readonly permissionsPolicy?: { allowsFeature(feature: string): boolean };
  readonly featurePolicy?: { allowsFeature(feature: string): boolean };
}

/** Was it the page's policy that refused, before the visitor was ever asked? */
async function isForbidden(): Promise<boolean> {
  const { permissionsPolicy, featurePolicy } = document as PolicyDocument;
  const policy = permissionsPolicy ?? featurePolicy;
  if (policy) return !policy.allowsFeature('microphone');
  // Elsewhere, guess: in another site's frame, a refusal that the visitor did not give is the frame's.
  const inForeignFrame = parent !== window && frameElement === null;
  return inForeignFrame && (await permissionState()) !== 'denied';
}

async function permissionState(): Promise<PermissionState | null> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state;
  } catch {
    return null; // Not every browser knows this name.
  }
}
