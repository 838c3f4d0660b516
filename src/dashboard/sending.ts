/** A form's one request at a time: whether it is under way, and what was answered where it failed. */

import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { wordsFor } from './api.ts';

export class Sending {
  readonly #host: ReactiveControllerHost;
  #busy = false;
  #failure: string | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** False where it failed, or another is still under way. */
  async run(request: () => Promise<unknown>): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    this.#failure = null;
    this.#host.requestUpdate();
    try {
      await request();
      return true;
    } catch (error) {
      this.#failure = wordsFor(error);
      return false;
    } finally {
      this.#busy = false;
      this.#host.requestUpdate();
    }
  }

  /** Not sent at all, and why. */
  refuse(words: string): void {
    this.#failure = words;
    this.#host.requestUpdate();
  }

  /** The button that sends, which keeps the focus while it works, and beside it what went wrong. */
  render(label: string, working: string): TemplateResult {
    return html`<button class="primary" aria-disabled=${this.#busy}>${this.#busy ? working : label}</button>
      ${this.failed()}`;
  }

  failed(): unknown {
    return this.#failure === null ? nothing : html`<p class="wrong" role="alert">${this.#failure}</p>`;
  }
}
