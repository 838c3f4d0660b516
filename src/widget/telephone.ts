/**
 * Calls as the element holds them: their code is fetched when one is likely, and nobody else has to know whether it is
 * here yet. What a call does, `call/` knows.
 */

import type { StartOptions } from '../call/call.ts';
import { CallError } from '../call/errors.ts';
import { contextOfGesture, dropContext } from '../call/gesture.ts';
import type { CallSession } from './session.ts';

/** How a start differs from what the settings say. */
export type CallStart = Pick<StartOptions, 'mode' | 'message'>;

export class Telephone {
  /** Here once its code is. */
  session: CallSession | null = null;
  /** It could not be fetched. */
  failed = false;

  readonly #fetch: () => Promise<CallSession>;
  readonly #onchange: () => void;
  #fetching: Promise<CallSession> | null = null;
  /** A start that waits for the code. */
  #starting: Promise<void> | null = null;
  #context: AudioContext | null = null;
  /** What the starts that wait were given. */
  #asked: CallStart[] = [];
  #cancel: () => void = () => {};

  /** @param onchange when `waiting` changes, and when the code is here or can't be had */
  constructor(fetch: () => Promise<CallSession>, onchange: () => void) {
    this.#fetch = fetch;
    this.#onchange = onchange;
  }

  /** Somebody has asked for a call, whose code is on its way. */
  get waiting(): boolean {
    return this.#starting !== null;
  }

  /** A start is likely: fetches all code of a call, and has it made ready. */
  prepare(): void {
    this.load().then(
      (session) => session.prepare(),
      () => {}, // a start will meet the same failure, and report it
    );
  }

  /** Fetches the code; again where that failed before. */
  load(): Promise<CallSession> {
    this.#fetching ??= this.#fetch().then(
      (session) => {
        this.session = session;
        this.#onchange();
        return session;
      },
      (cause: unknown) => {
        this.#fetching = null;
        this.failed = true;
        this.#onchange();
        throw new CallError('unreachable', "The call's code could not be fetched from beside the widget's.", { cause });
      },
    );
    return this.#fetching;
  }

  /** As `Call.start`, and rejects with `unreachable` where the code can't be fetched. */
  start(options: CallStart): Promise<void> {
    if (this.session) return this.session.call.start(options);
    this.#asked.push(options);
    if (options.mode !== 'text') this.#context ??= contextOfGesture();
    this.#starting ??= this.#startWhenHere();
    return this.#starting;
  }

  async end(reason: 'visitor' | 'page'): Promise<void> {
    this.#cancel();
    await this.session?.call.end(reason);
  }

  async #startWhenHere(): Promise<void> {
    const startedMs = performance.now();
    const cancelled = new Promise<never>((_, reject) => {
      this.#cancel = () => reject(new DOMException('The call was ended before it was live.', 'AbortError'));
    });
    addEventListener('pagehide', this.#cancel);
    const cancel = this.#cancel;
    this.#onchange();
    try {
      await Promise.race([this.load(), cancelled]);
    } catch (error) {
      dropContext(this.#context);
      this.#context = null;
      this.#asked = [];
      throw error;
    } finally {
      removeEventListener('pagehide', cancel);
      this.#starting = null;
      this.#cancel = () => {};
      this.#onchange();
    }
    const { call } = this.session!;
    const context = this.#context;
    this.#context = null;
    const [first, ...others] = this.#asked.splice(0);
    const started = call.start({ ...first, context, startedMs });
    // They join it, and fail with it.
    for (const { message } of others) if (message) call.start({ message, context: null }).catch(() => {});
    return started;
  }
}
