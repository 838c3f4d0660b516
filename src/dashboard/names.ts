/** What assistants are called, for rows that have their ids. A key that may not read them shows the ids. */

import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { addressOf } from './route.ts';
import type { Named } from './shapes.ts';

export class Names implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #fetch: () => Promise<readonly Named[]>;
  #all: readonly Named[] = [];

  constructor(host: ReactiveControllerHost, fetch: () => Promise<readonly Named[]>) {
    this.#host = host;
    this.#fetch = fetch;
    host.addController(this);
  }

  get all(): readonly Named[] {
    return this.#all;
  }

  hostConnected(): void {
    this.#fetch().then(
      (all) => {
        this.#all = all;
        this.#host.requestUpdate();
      },
      () => {}, // the ids tell enough
    );
  }

  /** Null for nobody. */
  link(id: string | undefined): TemplateResult | null {
    if (!id) return null;
    const name = this.#all.find((one) => one.id === id)?.name;
    return html`<a href=${addressOf('assistants', id)}>${name ?? html`<code>${id}</code>`}</a>`;
  }
}
