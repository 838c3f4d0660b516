/** Looks, every two seconds while the page is seen, which call rings; and, when it stops, why. */

import { ApiError, type PhoneApi, type PhoneStatus, type RingingCall } from './phone-api.ts';

const EVERY_MS = 2_000;
/** A platform that is away, or has had enough of this key, is asked less often. */
const AFTER_FAILURE_MS = 10_000;

export interface RingingWatchOptions {
  /** A call rings; it stays the one until `onsilent`. */
  readonly onringing: (call: RingingCall) => void;
  /** It does not any more. */
  readonly onsilent: (status: PhoneStatus) => void;
  /** The platform gave no answer that helps; with status 401 it is not asked again. Null: it did again. */
  readonly onfailure: (error: ApiError | null) => void;
}

export class RingingWatch {
  readonly #options: RingingWatchOptions;
  #looking: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ringing: RingingCall | null = null;
  #failed = false;

  constructor(options: RingingWatchOptions) {
    this.#options = options;
  }

  /** From now on, until `stop`. Whatever was known to ring is forgotten. */
  start(api: PhoneApi): void {
    this.stop();
    const looking = new AbortController();
    this.#looking = looking;
    const look = async (): Promise<void> => {
      const delayMs = document.hidden ? EVERY_MS : await this.#look(api, looking.signal);
      if (!looking.signal.aborted && delayMs !== null) this.#timer = setTimeout(() => void look(), delayMs);
    };
    void look();
  }

  /** What is under way then is told to nobody. */
  stop(): void {
    this.#looking?.abort();
    clearTimeout(this.#timer);
    this.#ringing = null;
    this.#failed = false;
  }

  /** When to look again, in ms; null for never. */
  async #look(api: PhoneApi, signal: AbortSignal): Promise<number | null> {
    const { onringing, onsilent, onfailure } = this.#options;
    try {
      const calls = await api.ringing(signal);
      const before = this.#ringing;
      const stillRings = before !== null && calls.some(({ id }) => id === before.id);
      const status = before !== null && !stillRings ? await api.status(before.id, signal) : null;
      if (signal.aborted) return null;
      if (this.#failed) onfailure(null);
      this.#failed = false;
      if (stillRings) return EVERY_MS;
      // Whoever has waited longest.
      this.#ringing = calls.at(-1) ?? null;
      if (status) onsilent(status);
      if (this.#ringing) onringing(this.#ringing);
      return EVERY_MS;
    } catch (error) {
      if (signal.aborted) return null;
      if (!(error instanceof ApiError)) throw error;
      this.#failed = true;
      onfailure(error);
      return error.status === 401 ? null : AFTER_FAILURE_MS;
    }
  }
}
