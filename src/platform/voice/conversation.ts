/**
 * One call, from `ready` to its end: who speaks when, what is answered, and when it is over. Sockets are left to
 * `connection.ts`, a turn's sound and words to `assistant-turn.ts`, what the visitor does to `turn-taking.ts`.
 */

import {
  type AudioPair,
  type ClearReason,
  CloseCode,
  type GatewayEndReason,
  type GatewayMessage,
  type Mode,
  PLAY_OUT_MS,
  type Turn,
} from '../../protocol/messages.ts';
import { AssistantTurn, type TurnOutcome } from './assistant-turn.ts';
import type { CallDesk, CallFile } from './call-desk.ts';
import { CallLimits } from './call-limits.ts';
import { CallRecord } from './call-record.ts';
import type { CallMessage } from './client-messages.ts';
import type { Clock } from './clock.ts';
import { Downlink } from './downlink.ts';
import type { Ears, EarsEvent, Mind, Mouth, Persona } from './engines.ts';
import { isFarewell } from './farewell.ts';
import { History } from './history.ts';
import { type GatewayLogger, describe } from './logger.ts';
import { PHRASES } from './phrases.ts';
import { VisitorFloor } from './turn-taking.ts';
import { Uplink } from './uplink.ts';

/** How long a goodbye may take to be sent. */
const GOODBYE_MS = 10_000;
/** In one call. */
const MAX_EARS_FAILURES = 3;

/** The line to the client. */
export interface Line {
  send(message: GatewayMessage): void;
  sendAudio(frame: Uint8Array): void;
  close(code: number, reason: string): void;
}

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

/** What a turn is for. A `check` asks whether the visitor is there: it doesn't count as somebody speaking. */
type Purpose = 'greeting' | 'answer' | 'rest' | 'notice' | 'check';

interface Running {
  readonly turn: AssistantTurn;
  readonly purpose: Purpose;
  /** What is answered. */
  readonly question: readonly string[];
}

export class Conversation {
  #options: ConversationOptions;
  #persona: Persona;
  #mode: Mode;
  #muted = false;
  #readyAtMs: number;
  #uplink: Uplink | null = null;
  #downlink: Downlink | null = null;
  #floor = new VisitorFloor();
  #history = new History();
  #running: Running | null = null;
  #turns = 0;
  /** Lines the client knows, so that no typed line takes the place of another. */
  #lines = new Set<string>();
  /** Interim words of an utterance were sent. */
  #hinted = new Set<string>();
  /** What the visitor said and nobody has answered audibly. */
  #questions: string[] = [];
  /** What was not heard of a turn that the visitor, perhaps by a cough only, cut short. */
  #rest = '';
  #notice: string | null = null;
  #state: Turn = 'listening';
  #ending: GatewayEndReason | null = null;
  #endSaid = false;
  #begun = false;
  #finished = false;
  #earsFailures = 0;
  #tooFast = false;
  #record: CallRecord;
  #limits: CallLimits;

  constructor(options: ConversationOptions) {
    const { file, clock } = options;
    const { assistant } = file;
    this.#options = options;
    this.#mode = options.mode;
    this.#readyAtMs = clock.now();
    this.#persona = {
      name: assistant.name,
      companyName: assistant.companyName,
      systemPrompt: assistant.systemPrompt,
      language: assistant.language,
      assistantId: file.assistantId,
    };
    this.#record = new CallRecord(file.callId, options.desk, options.logger);
    this.#limits = new CallLimits({
      clock,
      maxDurationS: assistant.maxDurationS,
      silenceS: assistant.silenceS,
      onwarning: (code, inS) => {
        this.#send({ type: 'warning', code, in_s: inS });
        if (code === 'silence') return void this.#say('check', PHRASES.stillThere);
        this.#notice = PHRASES.almostOver;
        this.#next();
      },
      onlimit: (code) => void this.end(code, code === 'silence' ? PHRASES.nobodyThere : PHRASES.timeIsUp),
    });
  }

  /** Settles when the desk knows that the call is over. */
  get over(): Promise<void> {
    return this.#record.closed;
  }

  /** Right after `ready` was sent. */
  begin(): void {
    const { audio, file } = this.#options;
    if (this.#finished) return;
    this.#begun = true;
    this.#readyAtMs = this.#options.clock.now();
    if (audio !== null) this.#downlink = new Downlink(audio.down, (frame) => this.#options.line.sendAudio(frame));
    if (!this.#listen()) return;
    this.#limits.begin();
    const greeting = file.assistant.firstMessage?.trim() ?? '';
    if (greeting !== '') this.#say('greeting', greeting);
    else this.#next();
  }

  audio(frame: Uint8Array): void {
    if (this.#uplink === null || this.#muted || this.#mode === 'text' || this.#ending !== null) return;
    let verdict;
    try {
      verdict = this.#uplink.push(frame, this.#options.clock.now());
    } catch (error) {
      return this.#earsFailed(error);
    }
    if (verdict === 'torn') this.#error('bad_message', 'audio: a frame ends within a sample');
    if (verdict === 'too_fast' && !this.#tooFast) {
      this.#tooFast = true;
      this.#error('too_fast', 'audio comes faster than it was spoken: the excess is dropped');
    }
  }

  receive(message: CallMessage): void {
    if (this.#finished) return;
    switch (message.type) {
      case 'ack':
        this.#downlink?.acknowledged(message.received_ms, message.played_ms);
        return this.#running?.turn.acknowledged(message);
      case 'text':
        return this.#onText(message.id, message.text.trim());
      case 'context':
        return this.#history.addContext(message.text);
      case 'interrupt':
        return this.#onInterrupt(message.turn_id, message.played_ms);
      case 'mode':
        return this.#onMode(message.mode);
      case 'mute':
        this.#muted = message.muted;
        return this.#muted ? this.#flush() : undefined;
      case 'feedback':
        return this.#record.rated(message.rating, message.comment ?? null);
      case 'tool_result':
        // No tool was called, so there is nothing that it could answer.
        return;
      case 'end':
        this.#finish('visitor');
        return this.#options.line.close(CloseCode.normal, 'visitor');
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
    this.#closeUplink();
    const running = this.#running;
    running?.turn.cut('superseded');
    await running?.turn.done;
    let last: AssistantTurn | null = null;
    if (goodbye !== null && !this.#finished) {
      last = this.#say('notice', goodbye);
      await this.#within(GOODBYE_MS, last.sent);
    }
    this.#sayEnd(reason);
    if (last !== null) await this.#within(PLAY_OUT_MS, last.done);
    this.#finish(reason);
    this.#options.line.close(CloseCode.normal, reason);
  }

  /** `end` without a word, for when there is no time left. */
  endNow(reason: GatewayEndReason): void {
    if (this.#finished) return;
    this.#ending ??= reason;
    this.#sayEnd(this.#ending);
    this.#finish(this.#ending);
    this.#options.line.close(CloseCode.normal, reason);
  }

  // --- the visitor's side ------------------------------------------------------------------------------------------

  /** Opens the ears where there is something to hear. False where that failed, and the call with it. */
  #listen(): boolean {
    const { audio, ears } = this.#options;
    if (audio === null || this.#uplink !== null || this.#mode === 'text') return true;
    try {
      this.#uplink = new Uplink(ears, audio.up, this.#readyAtMs, (event) => this.#onEars(event));
      return true;
    } catch (error) {
      this.#engineFailed('ears', error);
      this.#fail('ears failed');
      return false;
    }
  }

  #onEars(event: EarsEvent): void {
    if (this.#ending !== null || this.#finished) return;
    const words = this.#floor.notice(event);
    if (event.type === 'speech_start') {
      this.#send({ type: 'speech', active: true, at_ms: this.#atMs() });
      this.#bargeIn();
    } else if (event.type === 'speech_end') {
      this.#send({ type: 'speech', active: false, at_ms: this.#atMs() });
    }
    if (words?.final) this.#onWords(words.id, words.text);
    else if (words !== null && words.text !== '') {
      this.#hinted.add(words.id);
      this.#userTranscript(words.id, words.text, false);
    }
    this.#next();
  }

  #onWords(id: string, text: string): void {
    const hinted = this.#hinted.delete(id);
    // Nothing after all, a cough say: what was taken for words is taken back.
    if (text === '') return hinted ? this.#userTranscript(id, '', true) : undefined;
    this.#ask(id, text);
  }

  #onText(id: string, text: string): void {
    if (this.#ending !== null) return;
    if (this.#lines.has(id) || /^[ut]\d+$/.test(id)) return this.#error('bad_message', 'text: id is taken');
    const { turn = null } = this.#running ?? {};
    // In writing nobody is cut short: the answer that has begun is finished, then comes the next.
    if (turn !== null && !(this.#mode === 'text' && turn.started)) turn.cut('superseded');
    this.#ask(id, text);
    this.#next();
  }

  #ask(id: string, text: string): void {
    this.#lines.add(id);
    this.#rest = '';
    this.#questions.push(text);
    this.#userTranscript(id, text, true);
    this.#record.said({ id, role: 'user', text, atMs: this.#atMs() });
  }

  /** The visitor began to speak while the assistant does, or is about to. */
  #bargeIn(): void {
    if (this.#running === null) return;
    const { turn, question } = this.#running;
    turn.cut(question.length > 0 && !turn.audible ? 'superseded' : 'barge_in');
  }

  #onInterrupt(turnId: string, playedMs: number): void {
    const { turn = null } = this.#running ?? {};
    const wanted = turnNumber(turnId);
    // A clear drops later turns too, so one that is being sent now is over as well.
    if (turn?.started && wanted !== null && wanted <= turnNumber(turn.id)!) {
      this.#rest = '';
      turn.cut('interrupt', turnId === turn.id ? playedMs : null, turnId);
    } else {
      this.#send({ type: 'clear', turn_id: turnId, reason: 'interrupt' });
    }
  }

  #onMode(mode: Mode): void {
    if (mode === this.#mode || this.#ending !== null) return;
    if (mode === 'voice' && this.#downlink === null) {
      return this.#error('unsupported', 'mode: start offered no audio format that the gateway knows');
    }
    this.#mode = mode;
    if (mode === 'text') {
      this.#flush();
      // Nobody listens any more: what is left of the present turn is written.
      this.#running?.turn.cut('superseded');
    } else if (!this.#listen()) return;
    this.#next();
  }

  #flush(): void {
    try {
      this.#uplink?.flush();
    } catch (error) {
      this.#earsFailed(error);
    }
  }

  // --- the assistant's side ----------------------------------------------------------------------------------------

  /** Whoever's turn it is now. Called after everything that may have changed that. */
  #next(): void {
    if (this.#ending !== null || this.#finished) return;
    if (this.#running === null && !this.#floor.taken) {
      if (this.#questions.length > 0) this.#answer(this.#questions.splice(0));
      else if (this.#rest !== '') this.#say('rest', this.#rest);
      else if (this.#notice !== null) this.#say('notice', this.#notice);
    }
    if (this.#running === null) this.#hint('listening');
    const quiet = this.#running === null || this.#running.purpose === 'check';
    if (!quiet || this.#floor.taken || this.#mode === 'text') this.#limits.heard();
    else this.#limits.quiet();
  }

  #answer(question: readonly string[]): void {
    const text = question.join(' ');
    const history = this.#history.messages;
    this.#hint('thinking');
    this.#run('answer', question, (signal) =>
      this.#options.mind.reply({ text, history, persona: this.#persona, signal }),
    );
  }

  #say(purpose: Purpose, text: string): AssistantTurn {
    if (purpose === 'rest') this.#rest = '';
    if (purpose === 'notice') this.#notice = null;
    return this.#run(purpose, [], async function* () {
      yield text;
    });
  }

  #run(
    purpose: Purpose,
    question: readonly string[],
    pieces: (signal: AbortSignal) => AsyncIterable<string>,
  ): AssistantTurn {
    const turn = new AssistantTurn({
      id: `t${++this.#turns}`,
      pieces,
      mouth: this.#options.mouth,
      voice: this.#options.file.assistant.voice,
      downlink: this.#mode === 'voice' ? this.#downlink : null,
      clock: this.#options.clock,
      atMs: () => this.#atMs(),
      send: (message) => this.#send(message),
      onstart: () => this.#hint('speaking'),
    });
    const running: Running = { turn, purpose, question };
    this.#running = running;
    if (purpose !== 'check') this.#limits.heard();
    const startedAtMs = this.#atMs();
    void turn.done.then((outcome) => this.#afterTurn(running, outcome, startedAtMs));
    return turn;
  }

  #afterTurn({ turn, purpose, question }: Running, outcome: TurnOutcome, atMs: number): void {
    if (this.#running?.turn === turn) this.#running = null;
    const { heard, cut, failure } = outcome;
    const again = question.length > 0 && heard === '' && (cut === 'superseded' || cut === 'barge_in');
    if (again) {
      // Nothing of the answer was heard: it is given together with what the visitor adds, if anything.
      this.#questions.unshift(...question);
    } else {
      this.#history.add({ role: 'user', text: question.join(' ') });
      this.#history.add({ role: 'assistant', text: heard });
      if (this.#resumes(purpose, cut)) this.#rest = outcome.rest;
    }
    this.#record.said({ id: turn.id, role: 'assistant', text: heard, atMs });
    if (this.#ending !== null || this.#finished) return;
    if (failure !== null) {
      this.#engineFailed(failure.engine, failure.cause);
      if (failure.engine === 'mouth' && purpose === 'greeting') return this.#fail('mouth failed');
      if (failure.engine === 'mind' && heard === '') this.#notice = PHRASES.lostThread;
    } else if (purpose === 'answer' && cut === null && this.#questions.length === 0 && isFarewell(question.join(' '))) {
      return void this.end('assistant', null);
    }
    this.#next();
  }

  /** Whether a turn goes on where it was cut, should the visitor turn out to have said nothing. */
  #resumes(purpose: Purpose, cut: ClearReason | null): boolean {
    return (cut === 'barge_in' || cut === 'superseded') && purpose !== 'check' && this.#questions.length === 0;
  }

  // --- ends and means ----------------------------------------------------------------------------------------------

  #earsFailed(error: unknown): void {
    this.#engineFailed('ears', error);
    this.#closeUplink();
    // Fresh ears may do better, but not for ever.
    if (++this.#earsFailures > MAX_EARS_FAILURES) this.#fail('ears failed');
    else if (this.#listen()) this.#next();
  }

  #engineFailed(engine: 'ears' | 'mind' | 'mouth', error: unknown): void {
    this.#options.logger.error('engine failed', { call: this.#callId, engine, error: describe(error) });
    this.#error('engine_failed', `${engine} failed`);
  }

  /** Nothing useful can follow. */
  #fail(message: string): void {
    this.#send({ type: 'error', code: 'engine_failed', message, fatal: true });
    void this.end('error', null);
  }

  #closeUplink(): void {
    try {
      this.#uplink?.close();
    } catch (error) {
      this.#options.logger.error('ears did not close', { call: this.#callId, error: describe(error) });
    }
    this.#uplink = null;
    this.#floor.reset();
  }

  #sayEnd(reason: GatewayEndReason): void {
    if (!this.#endSaid) this.#send({ type: 'end', reason });
    this.#endSaid = true;
  }

  #finish(reason: string): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#limits.end();
    this.#closeUplink();
    const running = this.#running;
    running?.turn.drop();
    const durationMs = Math.round(this.#options.clock.now() - this.#readyAtMs);
    // What was said last is written down first.
    void (running?.turn.done ?? Promise.resolve()).then(() => this.#record.ended(reason, durationMs));
  }

  async #within(ms: number, promise: Promise<unknown>): Promise<void> {
    let cancel = (): void => {};
    const timeout = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(ms, resolve);
    });
    await Promise.race([promise, timeout]);
    cancel();
  }

  get #callId(): string {
    return this.#options.file.callId;
  }

  #atMs(): number {
    return Math.round(this.#options.clock.now() - this.#readyAtMs);
  }

  #hint(state: Turn): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#send({ type: 'state', state });
  }

  #userTranscript(id: string, text: string, final: boolean): void {
    this.#send({ type: 'transcript', id, role: 'user', text, final, at_ms: this.#atMs() });
  }

  #error(code: 'bad_message' | 'too_fast' | 'engine_failed' | 'unsupported', message: string): void {
    this.#send({ type: 'error', code, message, fatal: false });
  }

  #send(message: GatewayMessage): void {
    this.#options.line.send(message);
  }
}

function turnNumber(turnId: string): number | null {
  return /^t\d+$/.test(turnId) ? Number(turnId.slice(1)) : null;
}
