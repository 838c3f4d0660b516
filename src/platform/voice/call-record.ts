/** Writes down what happens on one call, in order. A desk that fails is logged, and doesn't end the call. */

import type { CallDesk, TranscriptLine } from './call-desk.ts';
import { type Deferred, deferred } from './deferred.ts';
import { type GatewayLogger, describe } from './logger.ts';

export class CallRecord {
  #callId: string;
  #desk: CallDesk;
  #logger: GatewayLogger;
  #work: Promise<void> = Promise.resolve();
  #closed: Deferred<void> = deferred<void>();

  constructor(callId: string, desk: CallDesk, logger: GatewayLogger) {
    this.#callId = callId;
    this.#desk = desk;
    this.#logger = logger;
  }

  /** Settles once the end of the call has been written down. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  said(line: TranscriptLine): void {
    if (line.text !== '') this.#write((desk) => desk.said(this.#callId, line));
  }

  rated(rating: number, comment: string | null): void {
    this.#write((desk) => desk.rated(this.#callId, { rating, comment }));
  }

  ended(reason: string, durationMs: number): void {
    this.#logger.info('call ended', { call: this.#callId, reason, durationMs });
    this.#write((desk) => desk.ended(this.#callId, { reason, durationMs }));
    void this.#work.then(() => this.#closed.resolve());
  }

  #write(write: (desk: CallDesk) => Promise<void>): void {
    this.#work = this.#work
      .then(() => write(this.#desk))
      .catch((error: unknown) => {
        this.#logger.error('call not recorded', { call: this.#callId, error: describe(error) });
      });
  }
}
