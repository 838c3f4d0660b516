/** The assistant's side of a conversation: what it has to say, one turn after the other, and what was heard of it. */

import type { AckMessage, AudioFormat, ClearReason, Mode, Turn } from '../../protocol/messages.ts';
import { AssistantTurn, type TurnOutcome } from './assistant-turn.ts';
import type { CallFile } from './call-desk.ts';
import type { CallLine } from './call-line.ts';
import type { CallRecord } from './call-record.ts';
import type { Clock } from './clock.ts';
import { Downlink } from './downlink.ts';
import type { Mind, Mouth, Persona } from './engines.ts';
import { isFarewell } from './farewell.ts';
import { History } from './history.ts';
import { PHRASES } from './phrases.ts';

/** What a turn is for. A `check` asks whether the visitor is there: it doesn't count as somebody speaking. */
type Purpose = 'greeting' | 'answer' | 'rest' | 'notice' | 'check';

/** What the mind says of its reply; null while it says nothing. */
interface Report {
  answered: boolean | null;
}

interface Running {
  readonly turn: AssistantTurn;
  readonly purpose: Purpose;
  /** What is answered. */
  readonly question: readonly string[];
  readonly report: Report;
}

export interface AssistantSideOptions {
  readonly file: CallFile;
  /** Null where the client offered nothing that can be used: it can only read. */
  readonly format: AudioFormat | null;
  readonly mind: Mind;
  readonly mouth: Mouth;
  readonly line: CallLine;
  readonly record: CallRecord;
  readonly clock: Clock;
  /** The call's, now. */
  readonly mode: () => Mode;
  /** Whose turn it is may have changed. */
  onchange(): void;
  /** The visitor said goodbye, and so did the assistant. */
  onfarewell(): void;
  /** Nothing useful can follow. */
  onfatal(message: string): void;
}

export class AssistantSide {
  #options: AssistantSideOptions;
  #persona: Persona;
  #downlink: Downlink | null;
  #history = new History();
  #running: Running | null = null;
  #turns = 0;
  /** What the visitor said and nobody has answered audibly. */
  #questions: string[] = [];
  /** What was not heard of a turn that the visitor, perhaps by a cough only, cut short. */
  #rest = '';
  #notice: string | null = null;
  #state: Turn = 'listening';
  #stopped = false;

  constructor(options: AssistantSideOptions) {
    const { file, format, line } = options;
    const { assistant } = file;
    this.#options = options;
    this.#persona = {
      name: assistant.name,
      companyName: assistant.companyName,
      systemPrompt: assistant.systemPrompt,
      language: assistant.language,
      assistantId: file.assistantId,
    };
    this.#downlink = format === null ? null : new Downlink(format, (frame) => line.sendAudio(frame));
  }

  /** Whether it says nothing, or nothing that counts. */
  get quiet(): boolean {
    return this.#running === null || this.#running.purpose === 'check';
  }

  acknowledged(ack: AckMessage): void {
    this.#downlink?.acknowledged(ack.received_ms, ack.played_ms);
    this.#running?.turn.acknowledged(ack);
  }

  addContext(text: string): void {
    this.#history.addContext(text);
  }

  /** To be answered when its turn comes. */
  ask(text: string, by: Mode): void {
    const { turn = null } = this.#running ?? {};
    // In writing nobody is cut short: the answer that has begun is finished, then comes the next.
    if (by === 'text' && turn !== null && !(this.#options.mode() === 'text' && turn.started)) turn.cut('superseded');
    this.#rest = '';
    this.#questions.push(text);
  }

  /** To be said once there is nothing to answer. */
  notify(text: string): void {
    this.#notice = text;
  }

  /** Says the next thing there is to say, unless it's still at the one before or the floor isn't `free`. */
  next(free: boolean): void {
    if (this.#running === null && free) {
      if (this.#questions.length > 0) this.#answer(this.#questions.splice(0));
      else if (this.#rest !== '') this.say('rest', this.#rest);
      else if (this.#notice !== null) this.say('notice', this.#notice);
    }
    if (this.#running === null) this.#hint('listening');
  }

  /** Says it now. */
  say(purpose: Purpose, text: string): AssistantTurn {
    if (purpose === 'rest') this.#rest = '';
    if (purpose === 'notice') this.#notice = null;
    return this.#run(purpose, [], async function* () {
      yield text;
    });
  }

  /** The visitor began to speak while the assistant does, or is about to. */
  bargeIn(): void {
    if (this.#running === null) return;
    const { turn, question } = this.#running;
    turn.cut(question.length > 0 && !turn.audible ? 'superseded' : 'barge_in');
  }

  interrupt(turnId: string, playedMs: number): void {
    const { turn = null } = this.#running ?? {};
    const wanted = turnNumber(turnId);
    // A clear drops later turns too, so one that is being sent now is over as well.
    if (turn?.started && wanted !== null && wanted <= turnNumber(turn.id)!) {
      this.#rest = '';
      turn.cut('interrupt', turnId === turn.id ? playedMs : null, turnId);
    } else {
      this.#options.line.send({ type: 'clear', turn_id: turnId, reason: 'interrupt' });
    }
  }

  /** Ends the present turn; what is left of it is said in another. */
  supersede(): void {
    this.#running?.turn.cut('superseded');
  }

  /** From now on it says only what it is told to. Settles once the present turn is over. */
  stop(): Promise<unknown> {
    this.#stopped = true;
    this.supersede();
    return this.#over;
  }

  /** The client is gone. Settles once what was heard last is written down. */
  drop(): Promise<unknown> {
    this.#stopped = true;
    this.#running?.turn.drop();
    return this.#over;
  }

  get #over(): Promise<unknown> {
    return this.#running?.turn.done ?? Promise.resolve();
  }

  #answer(question: readonly string[]): void {
    const text = question.join(' ');
    const history = this.#history.messages;
    this.#hint('thinking');
    this.#run('answer', question, (signal, report) =>
      this.#options.mind.reply({ text, history, persona: this.#persona, signal, report }),
    );
  }

  #run(
    purpose: Purpose,
    question: readonly string[],
    pieces: (signal: AbortSignal, report: (answered: boolean) => void) => AsyncIterable<string>,
  ): AssistantTurn {
    const { file, mouth, line, clock, mode } = this.#options;
    const report: Report = { answered: null };
    const turn = new AssistantTurn({
      id: `t${++this.#turns}`,
      pieces: (signal) => pieces(signal, (answered) => (report.answered = answered)),
      mouth,
      voice: file.assistant.voice,
      downlink: mode() === 'voice' ? this.#downlink : null,
      clock,
      atMs: () => line.atMs,
      send: (message) => line.send(message),
      onstart: () => this.#hint('speaking'),
    });
    const running: Running = { turn, purpose, question, report };
    this.#running = running;
    void turn.done.then((outcome) => this.#afterTurn(running, outcome));
    return turn;
  }

  #afterTurn(running: Running, outcome: TurnOutcome): void {
    const { turn, purpose, question, report } = running;
    const { line, record, onchange, onfarewell, onfatal } = this.#options;
    const { name, companyName } = this.#persona;
    if (this.#running === running) this.#running = null;
    const { heard, cut, failure, atMs, endMs } = outcome;
    const again = question.length > 0 && heard === '' && (cut === 'superseded' || cut === 'barge_in');
    if (again) {
      // Nothing of the answer was heard: it is given together with what the visitor adds, if anything.
      this.#questions.unshift(...question);
    } else {
      this.#history.add({ role: 'user', text: question.join(' ') });
      this.#history.add({ role: 'assistant', text: heard });
      if (this.#resumes(purpose, cut)) this.#rest = outcome.rest;
    }
    const interrupted = cut === 'barge_in' || cut === 'interrupt';
    record.said({ id: turn.id, role: 'assistant', text: heard, atMs, endMs, interrupted, ...report });
    if (this.#stopped) return;
    if (failure !== null) {
      line.engineFailed(failure.engine, failure.cause);
      if (failure.engine === 'mouth' && purpose === 'greeting') return onfatal('mouth failed');
      if (failure.engine === 'mind' && heard === '') this.#notice = PHRASES.lostThread;
    } else if (purpose === 'answer' && cut === null && this.#questions.length === 0) {
      if (isFarewell(question.join(' '), [name, companyName ?? ''])) return onfarewell();
    }
    onchange();
  }

  /** Whether a turn goes on where it was cut, should the visitor turn out to have said nothing. */
  #resumes(purpose: Purpose, cut: ClearReason | null): boolean {
    return (cut === 'barge_in' || cut === 'superseded') && purpose !== 'check' && this.#questions.length === 0;
  }

  #hint(state: Turn): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.line.send({ type: 'state', state });
  }
}

function turnNumber(turnId: string): number | null {
  return /^t\d+$/.test(turnId) ? Number(turnId.slice(1)) : null;
}
