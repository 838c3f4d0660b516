/**
 * A call as the element holds it: its code is fetched when a call is likely, and nobody else has to know whether it is
 * here yet. What a call does, `call/` knows.
 */

import type { Call } from '../call/call.ts';
import { CallError } from '../call/errors.ts';
import { contextOfGesture, dropContext } from '../call/gesture.ts';

export class Telephone {
  /** Here once its code is. */
  call: Call | null = null;

  readonly #fetch: () => Promise<Call>;
  readonly #onchange: () => void;
  #fetching: Promise<Call> | null = null;
  /** A start that waits for the code. */
  #starting: Promise<void> | null = null;
  #context: AudioContext | null = null;
  #cancel: () => void = () => {};

  /** @param onchange when `waiting` changes, and when the call is here */
  constructor(fetch: () => Promise<Call>, onchange: () => void) {
    this.#fetch = fetch;
    this.#onchange = onchange;
  }

  /** Somebody has asked for a call, whose code is on its way. */
  get waiting(): boolean {
    return this.#starting !== null;
  }

  /** Fetches all code of a call, and nothing else. */
  prepare(): void {
    this.#load().then(
      (call) => call.prepare(),
      () => {}, // a start will meet the same failure, and report it
    );
  }

  /** As `Call.start`, and rejects with `unreachable` where the code can't be fetched. */
  start(): Promise<void> {
    if (this.call) return this.call.start();
    this.#context ??= contextOfGesture();
    this.#starting ??= this.#startWhenHere();
    return this.#starting;
  }

  async end(reason: 'visitor' | 'page'): Promise<void> {
    this.#cancel();
    await this.call?.end(reason);
  }

  async #startWhenHere(): Promise<void> {
    const cancelled = new Promise<never>((_, reject) => {
      this.#cancel = () => reject(new DOMException('The call was ended before it was live.', 'AbortError'));
    });
    addEventListener('pagehide', this.#cancel);
    const cancel = this.#cancel;
    this.#onchange();
    try {
      await Promise.race([this.#load(), cancelled]);
    } catch (error) {
      dropContext(this.#context);
      this.#context = null;
      throw error;
    } finally {
      removeEventListener('pagehide', cancel);
      this.#starting = null;
      this.#cancel = () => {};
      this.#onchange();
    }
    const context = this.#context;
    this.#context = null;
    return this.call!.start(context);
  }

  #load(): Promise<Call> {
    this.#fetching ??= this.#fetch().then(
      (call) => (this.call = call),
      (cause: unknown) => {
        this.#fetching = null;
        throw new CallError('unreachable', "The call's code could not be fetched from beside the widget's.", { cause });
      },
    );
    return this.#fetching;
  }
}
