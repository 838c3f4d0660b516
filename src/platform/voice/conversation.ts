/**
 * One call, from `ready` to its end: lets the visitor's side and the assistant's take turns, keeps the limits, and says
 * goodbye; sockets are left to `connection.ts`.
 */

import { type AudioPair, CloseCode, type GatewayEndReason, type Mode, PLAY_OUT_MS } from '../../protocol/messages.ts';
import { AssistantSide } from './assistant-side.ts';
import type { AssistantTurn } from './assistant-turn.ts';
import type { CallDesk, CallFile } from './call-desk.ts';
import { CallLimits } from './call-limits.ts';
import { CallLine, type Line } from './call-line.ts';
import { CallRecord } from './call-record.ts';
import type { CallMessage } from './client-messages.ts';
import type { Clock } from './clock.ts';
import type { Ears, Mind, Mouth } from './engines.ts';
import type { GatewayLogger } from './logger.ts';
import { PHRASES } from './phrases.ts';
import { VisitorSide } from './visitor-side.ts';

/** How long a goodbye may take to be sent. */
const GOODBYE_MS = 10_000;

export interface ConversationOptions {
  readonly file: CallFile;
  readonly mode: Mode;
  /** Null where the client offered nothing that can be used: it can only write. */
  readonly audio: AudioPair | null;
  readonly desk: CallDesk;
  readonly ears: Ears;
  readonly mind: Mind;
  readonly mouth: Mouth;
  readonly line: Line;
  readonly clock: Clock;
  readonly logger: GatewayLogger;
}

export class Conversation {
  #clock: Clock;
  #greeting: string;
  #line: CallLine;
  #record: CallRecord;
  #limits: CallLimits;
  #visitor: VisitorSide;
  #assistant: AssistantSide;
  #ending: GatewayEndReason | null = null;
  #endSaid = false;
  #begun = false;
  #finished = false;

  constructor(options: ConversationOptions) {
    const { file, mode, audio, desk, ears, mind, mouth, clock, logger } = options;
    const { callId, assistant } = file;
    const line = new CallLine({ callId, line: options.line, clock, logger });
    const record = new CallRecord(callId, desk, logger);
    this.#clock = clock;
    this.#greeting = assistant.firstMessage?.trim() ?? '';
    this.#line = line;
    this.#record = record;
    this.#limits = new CallLimits({
      clock,
      maxDurationS: assistant.maxDurationS,
      silenceS: assistant.silenceS,
      onwarning: (code, inS) => {
        line.send({ type: 'warning', code, in_s: inS });
        if (code === 'silence') return void this.#assistant.say('check', PHRASES.stillThere);
        this.#assistant.notify(PHRASES.almostOver);
        this.#next();
      },
      onlimit: (code) => void this.end(code, code === 'silence' ? PHRASES.nobodyThere : PHRASES.timeIsUp),
    });
    this.#visitor = new VisitorSide({
      mode,
      format: audio?.up ?? null,
      ears,
      line,
      record,
      clock,
      onspeech: () => this.#assistant.bargeIn(),
      onquestion: (text, by) => this.#assistant.ask(text, by),
      onchange: () => this.#next(),
      onfatal: (message) => this.#fail(message),
    });
    this.#assistant = new AssistantSide({
      file,
      format: audio?.down ?? null,
      mind,
      mouth,
      line,
      record,
      clock,
      mode: () => this.#visitor.mode,
      onchange: () => this.#next(),
      onfarewell: () => void this.end('assistant', null),
      onfatal: (message) => this.#fail(message),
    });
  }

  /** Settles when the desk knows that the call is over. */
  get over(): Promise<void> {
    return this.#record.closed;
  }

  /** Right after `ready` was sent. */
  begin(): void {
    if (this.#finished) return;
    this.#begun = true;
    this.#line.begin();
    if (!this.#visitor.listen()) return;
    this.#limits.begin();
    if (this.#greeting !== '') this.#assistant.say('greeting', this.#greeting);
    this.#next();
  }

  audio(frame: Uint8Array): void {
    this.#visitor.audio(frame);
  }

  receive(message: CallMessage): void {
    if (this.#finished) return;
    switch (message.type) {
      case 'ack':
        return this.#assistant.acknowledged(message);
      case 'text':
        return this.#visitor.text(message.id, message.text.trim());
      case 'context':
        return this.#assistant.addContext(message.text);
      case 'interrupt':
        return this.#assistant.interrupt(message.turn_id, message.played_ms);
      case 'mode':
        return this.#switchTo(message.mode);
      case 'mute':
        return this.#visitor.mute(message.muted);
      case 'feedback':
        return this.#record.rated(message.rating, message.comment ?? null);
      case 'tool_result':
        // No tool was called, so there is nothing that it could answer.
        return;
      case 'end':
        this.#finish('visitor');
        return this.#line.close(CloseCode.normal, 'visitor');
      default:
        message satisfies never;
    }
  }

  /** The line is gone. `byClient`: the client closed it in good order, which is as good as an `end`. */
  closed(byClient: boolean): void {
    this.#finish(this.#ending ?? (byClient ? 'visitor' : 'lost'));
  }

  /**
   * Says goodbye, then `end`, then closes once that has been heard. Only the first reason counts; nothing happens
   * before `begin`.
   */
  async end(reason: GatewayEndReason, goodbye: string | null): Promise<void> {
    if (!this.#begun || this.#ending !== null || this.#finished) return;
    this.#ending = reason;
    this.#limits.end();
    this.#visitor.close();
    await this.#assistant.stop();
    let last: AssistantTurn | null = null;
    if (goodbye !== null && !this.#finished) {
      last = this.#assistant.say('notice', goodbye);
      await this.#within(GOODBYE_MS, last.sent);
    }
    this.#sayEnd(reason);
    if (last !== null) await this.#within(PLAY_OUT_MS, last.done);
    this.#finish(reason);
    this.#line.close(CloseCode.normal, reason);
  }

  /** `end` without a word, for when there is no time left. */
  endNow(reason: GatewayEndReason): void {
    if (this.#finished) return;
    this.#ending ??= reason;
    this.#sayEnd(this.#ending);
    this.#finish(this.#ending);
    this.#line.close(CloseCode.normal, reason);
  }

  /** Whoever's turn it is now. Called after everything that may have changed that. */
  #next(): void {
    if (this.#ending !== null || this.#finished) return;
    const { floorTaken, mode } = this.#visitor;
    this.#assistant.next(!floorTaken);
    if (!this.#assistant.quiet || floorTaken || mode === 'text') this.#limits.heard();
    else this.#limits.quiet();
  }

  #switchTo(mode: Mode): void {
    if (!this.#visitor.switchTo(mode)) return;
    // Nobody listens any more: what is left of the present turn is written.
    if (mode === 'text') this.#assistant.supersede();
    this.#next();
  }

  /** Nothing useful can follow. */
  #fail(message: string): void {
    this.#line.send({ type: 'error', code: 'engine_failed', message, fatal: true });
    void this.end('error', null);
  }

  #sayEnd(reason: GatewayEndReason): void {
    if (!this.#endSaid) this.#line.send({ type: 'end', reason });
    this.#endSaid = true;
  }

  #finish(reason: string): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#limits.end();
    this.#visitor.close();
    const durationMs = this.#line.atMs;
    // What was said last is written down first.
    void this.#assistant.drop().then(() => this.#record.ended(reason, durationMs));
  }

  async #within(ms: number, promise: Promise<unknown>): Promise<void> {
    let cancel = (): void => {};
    const timeout = new Promise<void>((resolve) => {
      cancel = this.#clock.after(ms, resolve);
    });
    await Promise.race([promise, timeout]);
    cancel();
  }
}
