/** A part of the widget that is fetched when it is needed: once, and again only where that failed. */

export class Lazy<Part> {
  /** Here once it is. */
  part: Part | null = null;
  /** The latest attempt to fetch it failed. */
  failed = false;

  readonly #fetch: () => Promise<Part>;
  readonly #onchange: () => void;
  #fetching: Promise<Part> | null = null;

  /** @param onchange when the part is here, or can't be had */
  constructor(fetch: () => Promise<Part>, onchange: () => void) {
    this.#fetch = fetch;
    this.#onchange = onchange;
  }

  /** Rejects where it can't be fetched; the next `load` tries again. */
  load(): Promise<Part> {
    this.#fetching ??= this.#fetch().then(
      (part) => {
        this.part = part;
        this.failed = false;
        this.#onchange();
        return part;
      },
      (error: unknown) => {
        this.#fetching = null;
        this.failed = true;
        this.#onchange();
        throw error;
      },
    );
    return this.#fetching;
  }

  /** The part where it is here; else it is being fetched, unless that has failed before. */
  want(): Part | null {
    if (!this.part && !this.failed) this.load().catch(() => {}); // `failed` tells
    return this.part;
  }
}
