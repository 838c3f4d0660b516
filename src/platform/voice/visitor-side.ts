/** The visitor's side of a conversation: what is heard of them, what they write, and when the floor is theirs. */

import type { AudioFormat, Mode } from '../../protocol/messages.ts';
import type { CallLine } from './call-line.ts';
import type { CallRecord } from './call-record.ts';
import type { Clock } from './clock.ts';
import type { Ears, EarsEvent } from './engines.ts';
import { describe } from './logger.ts';
import { type Utterance, VisitorFloor } from './turn-taking.ts';
import { Uplink } from './uplink.ts';

/** In one call. */
const MAX_EARS_FAILURES = 3;

export interface VisitorSideOptions {
  readonly mode: Mode;
  /** Null where the client offered nothing that can be used: it can only write. */
  readonly format: AudioFormat | null;
  readonly ears: Ears;
  readonly line: CallLine;
  readonly record: CallRecord;
  readonly clock: Clock;
  /** They began to speak. */
  onspeech(): void;
  /** They said, or wrote, what wants an answer. */
  onquestion(text: string, by: Mode): void;
  /** Whose turn it is may have changed. */
  onchange(): void;
  /** Nothing useful can follow. */
  onfatal(message: string): void;
}

export class VisitorSide {
  #options: VisitorSideOptions;
  #mode: Mode;
  #muted = false;
  #uplink: Uplink | null = null;
  #floor = new VisitorFloor();
  /** Lines the client knows, so that no typed line takes the place of another. */
  #lines = new Set<string>();
  /** Interim words of an utterance were sent. */
  #hinted = new Set<string>();
  #earsFailures = 0;
  #tooFast = false;
  #closed = false;

  constructor(options: VisitorSideOptions) {
    this.#options = options;
    this.#mode = options.mode;
  }

  get mode(): Mode {
    return this.#mode;
  }

  /** Whether the assistant had better wait. */
  get floorTaken(): boolean {
    return this.#floor.taken;
  }

  /** Opens the ears where there is something to hear. False where that failed, and the call with it. */
  listen(): boolean {
    const { format, ears, line, clock } = this.#options;
    if (format === null || this.#uplink !== null || this.#mode === 'text') return true;
    try {
      this.#uplink = new Uplink(ears, format, line.readyAtMs, clock, (event, spokenAtMs) =>
        this.#onEars(event, spokenAtMs),
      );
      return true;
    } catch (error) {
      line.engineFailed('ears', error);
      this.#options.onfatal('ears failed');
      return false;
    }
  }

  audio(frame: Uint8Array): void {
    if (this.#uplink === null || this.#muted || this.#mode === 'text' || this.#closed) return;
    const { line } = this.#options;
    let verdict;
    try {
      verdict = this.#uplink.push(frame);
    } catch (error) {
      return this.#earsFailed(error);
    }
    if (verdict === 'torn') line.error('bad_message', 'audio: a frame ends within a sample');
    if (verdict === 'too_fast' && !this.#tooFast) {
      this.#tooFast = true;
      line.error('too_fast', 'audio comes faster than it was spoken: the excess is dropped');
    }
  }

  text(id: string, text: string): void {
    if (this.#closed) return;
    if (this.#lines.has(id) || /^[ut]\d+$/.test(id)) {
      return this.#options.line.error('bad_message', 'text: id is taken');
    }
    const { atMs } = this.#options.line;
    this.#ask({ id, text, atMs, endMs: atMs }, 'text');
    this.#options.onchange();
  }

  mute(muted: boolean): void {
    this.#muted = muted;
    if (muted) this.#flush();
  }

  /** Whether the call goes on in `mode` from now on, and did not before. */
  switchTo(mode: Mode): boolean {
    if (mode === this.#mode || this.#closed) return false;
    const { format, line } = this.#options;
    if (mode === 'voice' && format === null) {
      line.error('unsupported', 'mode: start offered no audio format that the gateway knows');
      return false;
    }
    this.#mode = mode;
    if (mode === 'voice') return this.listen();
    this.#flush();
    return true;
  }

  /** The call ends: nothing is heard or read any more. */
  close(): void {
    this.#closed = true;
    this.#closeUplink();
  }

  #onEars(event: EarsEvent, spokenAtMs: number): void {
    if (this.#closed) return;
    const { line, onspeech, onchange } = this.#options;
    // What a client kept from before the call was live counts as said at its beginning.
    const words = this.#floor.notice(event, Math.max(0, line.since(spokenAtMs)));
    if (event.type === 'speech_start') {
      line.send({ type: 'speech', active: true, at_ms: line.atMs });
      onspeech();
    } else if (event.type === 'speech_end') {
      line.send({ type: 'speech', active: false, at_ms: line.atMs });
    }
    if (words?.final) this.#onWords(words);
    else if (words !== null && words.text !== '') {
      this.#hinted.add(words.id);
      this.#transcript(words.id, words.text, false);
    }
    onchange();
  }

  #onWords({ id, text, begunAtMs, endedAtMs }: Utterance): void {
    const hinted = this.#hinted.delete(id);
    // Nothing after all, a cough say: what was taken for words is taken back.
    if (text === '') return hinted ? this.#transcript(id, '', true) : undefined;
    this.#ask({ id, text, atMs: begunAtMs, endMs: Math.max(begunAtMs, endedAtMs) }, 'voice');
  }

  #ask(said: { id: string; text: string; atMs: number; endMs: number }, by: Mode): void {
    const { record, onquestion } = this.#options;
    this.#lines.add(said.id);
    onquestion(said.text, by);
    this.#transcript(said.id, said.text, true);
    record.said({ ...said, role: 'user' });
  }

  #transcript(id: string, text: string, final: boolean): void {
    const { line } = this.#options;
    line.send({ type: 'transcript', id, role: 'user', text, final, at_ms: line.atMs });
  }

  #flush(): void {
    try {
      this.#uplink?.flush();
    } catch (error) {
      this.#earsFailed(error);
    }
  }

  #earsFailed(error: unknown): void {
    const { line, onchange, onfatal } = this.#options;
    line.engineFailed('ears', error);
    this.#closeUplink();
    // Fresh ears may do better, but not for ever.
    if (++this.#earsFailures > MAX_EARS_FAILURES) onfatal('ears failed');
    else if (this.listen()) onchange();
  }

  #closeUplink(): void {
    try {
      this.#uplink?.close();
    } catch (error) {
      this.#options.line.log('ears did not close', { error: describe(error) });
    }
    this.#uplink = null;
    this.#floor.reset();
  }
}
