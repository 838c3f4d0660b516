/** The widget's config: the one that its attributes ask for now, or why there is none. Where from, others know. */

import type { LoadedConfig } from '../call/config-source.ts';
import { CallError } from '../call/errors.ts';
import type { WidgetConfig } from '../config/widget-config.ts';

export class ConfigLoader {
  /** Null while it loads, and where it failed to. */
  config: WidgetConfig | null = null;
  /** Why the latest attempt failed. */
  failure: CallError | null = null;

  readonly #fetch: (signal: AbortSignal) => Promise<LoadedConfig>;
  readonly #onchange: (failure: CallError | null) => void;
  #loading: { readonly loaded: Promise<LoadedConfig>; readonly abort: AbortController } | null = null;
  /** A call waits for the config, and tells of its failure itself. */
  #awaited = false;

  /** @param onchange gets the failure where nobody else tells of it */
  constructor(fetch: (signal: AbortSignal) => Promise<LoadedConfig>, onchange: (failure: CallError | null) => void) {
    this.#fetch = fetch;
    this.#onchange = onchange;
  }

  /** What has been loaded or is being loaded; null before, and after a failure. */
  get loaded(): Promise<LoadedConfig> | null {
    return this.#loading && this.#loading.loaded;
  }

  /** Loads it, again or for the first time. An answer that is still on its way counts no more. */
  load(): void {
    this.#loading?.abort.abort();
    const abort = new AbortController();
    const loaded = this.#fetch(abort.signal);
    this.#loading = { loaded, abort };
    loaded.then(
      ({ config }) => this.#settle(abort, config, null),
      (error: unknown) => this.#settle(abort, null, CallError.from(error)),
    );
  }

  /** For a call: of the widget that the attributes name in the end, however often they change meanwhile. */
  async latest(): Promise<LoadedConfig> {
    this.#awaited = true;
    try {
      for (;;) {
        const { loaded, abort } = this.#loading!;
        try {
          return await loaded;
        } catch (error) {
          if (!this.#loading || !abort.signal.aborted) throw error;
        }
      }
    } finally {
      this.#awaited = false;
    }
  }

  /** Nobody will see what has not come by now. */
  abandon(): void {
    if (this.config) return;
    this.#loading?.abort.abort();
    this.#loading = null;
  }

  #settle({ signal }: AbortController, config: WidgetConfig | null, failure: CallError | null): void {
    if (signal.aborted) return;
    this.config = config;
    this.failure = failure;
    if (failure) this.#loading = null;
    this.#onchange(this.#awaited ? null : failure);
  }
}
