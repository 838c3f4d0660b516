/** The line to a call's client, as both sides of the conversation use it: it knows the call's time, and tells errors. */

import type { GatewayErrorCode, GatewayMessage } from '../../protocol/messages.ts';
import type { Clock } from './clock.ts';
import { type GatewayLogger, describe } from './logger.ts';

/** The line itself. */
export interface Line {
  send(message: GatewayMessage): void;
  sendAudio(frame: Uint8Array): void;
  close(code: number, reason: string): void;
}

export interface CallLineOptions {
  readonly callId: string;
  readonly line: Line;
  readonly clock: Clock;
  readonly logger: GatewayLogger;
}

export class CallLine {
  #options: CallLineOptions;
  #readyAtMs: number;

  constructor(options: CallLineOptions) {
    this.#options = options;
    this.#readyAtMs = options.clock.now();
  }

  /** Right after `ready` was sent. */
  begin(): void {
    this.#readyAtMs = this.#options.clock.now();
  }

  /** By the clock. */
  get readyAtMs(): number {
    return this.#readyAtMs;
  }

  /** Since `ready`. */
  get atMs(): number {
    return this.since(this.#options.clock.now());
  }

  /** Since `ready`, of a moment by the clock. */
  since(clockMs: number): number {
    return Math.round(clockMs - this.#readyAtMs);
  }

  send(message: GatewayMessage): void {
    this.#options.line.send(message);
  }

  sendAudio(frame: Uint8Array): void {
    this.#options.line.sendAudio(frame);
  }

  close(code: number, reason: string): void {
    this.#options.line.close(code, reason);
  }

  /** Something went wrong, and the call goes on. */
  error(code: GatewayErrorCode, message: string): void {
    this.send({ type: 'error', code, message, fatal: false });
  }

  /** What the engine said is for the operator only. */
  engineFailed(engine: 'ears' | 'mind' | 'mouth', error: unknown): void {
    this.log('engine failed', { engine, error: describe(error) });
    this.error('engine_failed', `${engine} failed`);
  }

  /** To the operator, as an error of this call. */
  log(message: string, fields: Readonly<Record<string, unknown>>): void {
    const { callId, logger } = this.#options;
    logger.error(message, { call: callId, ...fields });
  }
}
