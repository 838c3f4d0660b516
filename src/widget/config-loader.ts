/** The widget's config: the one that its attributes ask for now, or why there is none. Where from, others know. */

import type { LoadedConfig } from '../call/config-source.ts';
import { CallError } from '../call/errors.ts';
import type { WidgetConfig } from '../config/widget-config.ts';

export class ConfigLoader {
  /** Null while it loads, and where it failed to. */
  config: WidgetConfig | null = null;
  /** Why the latest attempt failed. */
  failure: CallError | null = null;
  /** What has been loaded or is being loaded; null before, and after a failure. */
  loaded: Promise<LoadedConfig> | null = null;
  /** A call waits for the config, and tells of its failure itself. */
  awaited = false;

  readonly #fetch: (signal: AbortSignal) => Promise<LoadedConfig>;
  readonly #onchange: (failure: CallError | null) => void;
  #abort: AbortController | null = null;

  /** @param onchange gets the failure where nobody else tells of it */
  constructor(fetch: (signal: AbortSignal) => Promise<LoadedConfig>, onchange: (failure: CallError | null) => void) {
    this.#fetch = fetch;
    this.#onchange = onchange;
  }

  /** Loads it, again or for the first time. An answer that is still on its way counts no more. */
  load(): void {
    this.#abort?.abort();
    const { signal } = (this.#abort = new AbortController());
    this.loaded = this.#fetch(signal);
    this.loaded.then(
      ({ config }) => this.#settle(signal, config, null),
      (error: unknown) => this.#settle(signal, null, CallError.from(error)),
    );
  }

  /** Nobody will see what has not come by now. */
  abandon(): void {
    if (this.config) return;
    this.#abort?.abort();
    this.loaded = null;
  }

  #settle(signal: AbortSignal, config: WidgetConfig | null, failure: CallError | null): void {
    if (signal.aborted) return;
    this.config = config;
    this.failure = failure;
    if (failure) this.loaded = null;
    this.#onchange(this.awaited ? null : failure);
  }
}
