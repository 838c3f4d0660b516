/**
 * The socket's worker, made ready for a start that is likely. It asks for nothing, and tells nobody; idle, it costs the
 * visitor memory, so it is let go where no start comes.
 */

import { type PreparedGateway, prepareGateway, type PrepareOptions } from '../gateway/gateway.ts';

export const KEEP_MS = 60_000;

export class WarmLine {
  #warm: {
    readonly line: Promise<PreparedGateway>;
    readonly assetBase: string | null;
    readonly abort: AbortController;
  } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** For a minute from now on. */
  keep(assetBase: string | null): void {
    if (this.#warm?.assetBase !== assetBase) this.drop();
    if (!this.#warm) {
      const abort = new AbortController();
      this.#warm = { line: prepareGateway({ assetBase, signal: abort.signal }), assetBase, abort };
      this.#warm.line.catch(() => {}); // dropped
      addEventListener('pagehide', this.drop);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.drop, KEEP_MS);
  }

  /** The warm line, from here on the signal's; a cold one where there is none of this place. As `prepareGateway`. */
  take({ assetBase, signal }: PrepareOptions): Promise<PreparedGateway> {
    const warm = this.#warm;
    if (warm?.assetBase !== assetBase || signal.aborted) return prepareGateway({ assetBase, signal });
    this.#forget();
    signal.addEventListener('abort', () => warm.abort.abort(signal.reason), { once: true });
    return warm.line;
  }

  /** Nobody will call. */
  readonly drop = (): void => {
    this.#warm?.abort.abort();
    this.#forget();
  };

  #forget(): void {
    this.#warm = null;
    clearTimeout(this.#timer);
    removeEventListener('pagehide', this.drop);
  }
}

/** One for all calls of a page: it has one visitor. */
export const warmLine = new WarmLine();
