/** A list that comes in pages: the first when it is shown, each of the others when it is asked for. */

import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { type Page, wordsFor } from './api.ts';
import { failed, loading } from './pending.ts';

export class Rows<Row> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #what: string;
  readonly #fetch: (cursor: string | null) => Promise<Page<Row>>;
  #rows: readonly Row[] | null = null;
  #next: string | null = null;
  #failure: string | null = null;
  #busy = false;
  #attempt = 0;

  /** @param what the rows are, as in "Loading calls" */
  constructor(host: ReactiveControllerHost, what: string, fetch: (cursor: string | null) => Promise<Page<Row>>) {
    this.#host = host;
    this.#what = what;
    this.#fetch = fetch;
    host.addController(this);
  }

  hostConnected(): void {
    void this.load();
  }

  /** From the beginning. */
  async load(): Promise<void> {
    this.#rows = null;
    await this.#get(null);
  }

  /** @param table draws the rows that are here @param empty said where there is none */
  render(table: (rows: readonly Row[]) => TemplateResult, empty: unknown): unknown {
    const again = (): void => void this.#get(this.#rows ? this.#next : null);
    const failure = this.#failure === null ? nothing : failed(this.#failure, again);
    if (this.#rows === null) return this.#failure === null ? loading(this.#what) : failure;
    if (this.#rows.length === 0) return empty;
    const more = html`<p>
      <button type="button" aria-disabled=${this.#busy} @click=${() => void this.#get(this.#next)}>
        ${this.#busy ? 'Loading…' : `More ${this.#what}`}
      </button>
    </p>`;
    return html`${table(this.#rows)} ${failure} ${this.#next === null || this.#failure !== null ? nothing : more}`;
  }

  async #get(cursor: string | null): Promise<void> {
    if (this.#busy && cursor !== null) return;
    const attempt = (this.#attempt += 1);
    this.#failure = null;
    this.#busy = true;
    this.#host.requestUpdate();
    try {
      const { rows, next } = await this.#fetch(cursor);
      if (attempt !== this.#attempt) return;
      this.#rows = [...(cursor === null ? [] : (this.#rows ?? [])), ...rows];
      this.#next = next;
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.#failure = wordsFor(error);
    }
    this.#busy = false;
    this.#host.requestUpdate();
  }
}
