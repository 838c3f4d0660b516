/** What a page waits for, and what it shows meanwhile or instead. */

import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { wordsFor } from './api.ts';

/** One thing that is fetched. Loads when its page is shown. */
export class Pending<Value> implements ReactiveController {
  /** The latest that has come. */
  value: Value | null = null;
  /** Why the latest attempt failed, in words. */
  failure: string | null = null;

  readonly #host: ReactiveControllerHost;
  readonly #fetch: () => Promise<Value>;
  readonly #what: string;
  #attempt = 0;

  /** @param what it is, as in "Loading the call" */
  constructor(host: ReactiveControllerHost, what: string, fetch: () => Promise<Value>) {
    this.#host = host;
    this.#what = what;
    this.#fetch = fetch;
    host.addController(this);
  }

  hostConnected(): void {
    void this.load();
  }

  /** Loads it (again); what was there stays until then. */
  async load(): Promise<void> {
    const attempt = (this.#attempt += 1);
    this.failure = null;
    this.#host.requestUpdate();
    try {
      const value = await this.#fetch();
      if (attempt === this.#attempt) this.value = value;
    } catch (error) {
      if (attempt === this.#attempt) this.failure = wordsFor(error);
    }
    this.#host.requestUpdate();
  }

  /** What is here; before, that it is awaited; or why it isn't coming. */
  render(draw: (value: Value) => unknown): unknown {
    if (this.failure !== null) return failed(this.failure, () => void this.load());
    return this.value === null ? loading(this.#what) : draw(this.value);
  }
}

export function loading(what: string): TemplateResult {
  return html`<p class="quiet" aria-busy="true">Loading ${what}…</p>`;
}

/** @param again null where trying again is no use */
export function failed(message: string, again: (() => void) | null = null): TemplateResult {
  return html`<div class="failed" role="alert">
    <p>${message}</p>
    ${again ? html`<button type="button" @click=${again}>Try again</button>` : nothing}
  </div>`;
}
