/** One turn of the assistant: a reply on its way through sentences and voice to the client, until it has been heard. */

import type { AckMessage, ClearReason, GatewayMessage } from '../../protocol/messages.ts';
import { ahead } from './ahead.ts';
import { FrameCutter } from './audio-format.ts';
import type { Clock } from './clock.ts';
import { deferred } from './deferred.ts';
import type { Downlink } from './downlink.ts';
import type { Mouth } from './engines.ts';
import { RateConverter } from './rate-converter.ts';
import { sentences } from './sentence-splitter.ts';
import { TurnText } from './turn-text.ts';
import { TurnTimes } from './turn-times.ts';

/** How long a client that was told to clear may take to say what it had played. */
const CLEAR_ANSWER_MS = 2_000;
/** How much longer than its audio a turn may take to be heard, before it is taken for heard. */
const PLAYING_SLACK_MS = 10_000;
/** Voice made ahead of what is sent. */
const VOICE_AHEAD_MS = 20_000;

export type EngineName = 'mind' | 'mouth';

/** Which engine broke; the engine's own error is the cause. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
  readonly engine: EngineName;

  constructor(engine: EngineName, cause: unknown) {
    super(`${engine} failed`, { cause });
    this.engine = engine;
  }
}

export interface TurnOutcome {
  /** What the visitor heard (read, in text mode); may be empty. */
  readonly heard: string;
  /** What the turn would have said beyond that, as far as it was known. */
  readonly rest: string;
  /** Why it was cut short; null where it ran to its end. */
  readonly cut: ClearReason | null;
  readonly failure: EngineFailure | null;
  /** Where it began to be heard (shown, in writing), since `ready`. */
  readonly atMs: number;
  /** Where it had been heard to its end, or was cut; `atMs` for a turn in writing. */
  readonly endMs: number;
}

export interface TurnOptions {
  readonly id: string;
  readonly pieces: (signal: AbortSignal) => AsyncIterable<string>;
  readonly mouth: Mouth;
  readonly voice: string | null;
  /** Null for a turn in writing. */
  readonly downlink: Downlink | null;
  readonly clock: Clock;
  /** Since `ready`. */
  readonly atMs: () => number;
  readonly send: (message: GatewayMessage) => void;
  /** The first words or sounds are about to be sent. */
  readonly onstart: () => void;
}

type Piece = { readonly type: 'sentence' } | { readonly type: 'samples'; readonly samples: Int16Array };

export class AssistantTurn {
  readonly id: string;
  /** Settles once nothing more will be sent. */
  readonly sent: Promise<void>;
  /** Settles once the turn has been heard to its end, or was cut and the client has said how much it heard. */
  readonly done: Promise<TurnOutcome>;
  #options: TurnOptions;
  #abort = new AbortController();
  #text = new TurnText();
  #times = new TurnTimes();
  #started = false;
  /** Everything was sent. */
  #complete = false;
  #cut: { readonly reason: ClearReason; readonly playedMs: number | null; readonly atMs: number } | null = null;
  /** The client has said that it was heard to its end. */
  #heardOut = false;
  #sentAtMs = 0;
  #over = deferred<void>();
  #cancelTimer = (): void => {};
  /** `downlink`'s counts when this turn began to be sent. */
  #firstSentMs = 0;
  #firstPlayedMs = 0;
  /** Sound made for this turn, in ms. */
  #madeMs = 0;

  constructor(options: TurnOptions) {
    this.id = options.id;
    this.#options = options;
    const sending = this.#send();
    this.sent = sending.then(() => undefined);
    this.done = this.#finish(sending);
  }

  /** Whether the client knows of this turn. */
  get started(): boolean {
    return this.#started;
  }

  /** Whether the client has said that it played some of it; in writing, whether some of it was sent. */
  get audible(): boolean {
    return this.#started && (this.#options.downlink === null || this.#heardMs > 0);
  }

  /** `downlink` has counted it already. */
  acknowledged(ack: AckMessage): void {
    // After a cut nothing more is heard, however late the client's word of it comes.
    this.#times.heard(this.#heardMs, this.#cut?.atMs ?? this.#options.atMs());
    const mine = ack.turn_id === undefined || ack.turn_id === this.id || this.#cut !== null;
    if (!ack.done || !mine || !this.#started || (this.#cut === null && !this.#complete)) return;
    this.#heardOut = true;
    this.#over.resolve();
  }

  /** Stops it now. `playedMs` of it were heard, where the client has said so; `clearId` is what it wants cleared. */
  cut(reason: ClearReason, playedMs: number | null = null, clearId = this.id): void {
    if (this.#cut !== null) {
      // A repeat: the client wants its answer all the same.
      if (reason === 'interrupt') this.#options.send({ type: 'clear', turn_id: clearId, reason });
      return;
    }
    const atMs = this.#options.atMs();
    this.#cut = { reason, playedMs, atMs };
    if (playedMs !== null) this.#times.heard(Math.min(this.#sentMs, playedMs), atMs);
    this.#abort.abort();
    if (this.#started) this.#options.send({ type: 'clear', turn_id: clearId, reason });
    if (this.#started && this.#options.downlink !== null) this.#overIn(CLEAR_ANSWER_MS);
    else this.#over.resolve();
  }

  /** The client is gone: nothing will be sent or acknowledged any more. */
  drop(): void {
    this.#cut ??= { reason: 'superseded', playedMs: null, atMs: this.#times.lastHeardMs };
    this.#abort.abort();
    this.#over.resolve();
  }

  get #heardMs(): number {
    const { downlink } = this.#options;
    return downlink === null ? 0 : Math.max(0, downlink.playedMs - this.#firstPlayedMs);
  }

  get #sentMs(): number {
    const { downlink } = this.#options;
    return downlink === null ? 0 : downlink.sentMs - this.#firstSentMs;
  }

  /** Says all of it; the answer is the failure that ended it early, if any. */
  async #send(): Promise<EngineFailure | null> {
    let failure: EngineFailure | null = null;
    const { downlink } = this.#options;
    const texts = ahead(this.#listed(), { signal: this.#abort.signal });
    try {
      await (downlink === null ? this.#write(texts) : this.#speak(texts, downlink));
    } catch (error) {
      if (!this.#abort.signal.aborted) failure = error as EngineFailure;
    }
    if (this.#abort.signal.aborted) return null;
    if (this.#started) {
      this.#transcript(this.#text.shown, true);
      this.#options.send({ type: 'turn_end', turn_id: this.id });
    }
    this.#complete = true;
    this.#sentAtMs = this.#options.atMs();
    return failure;
  }

  async #finish(sending: Promise<EngineFailure | null>): Promise<TurnOutcome> {
    const failure = await sending;
    const { downlink } = this.#options;
    if (this.#cut === null) {
      if (!this.#started || downlink === null) this.#over.resolve();
      else this.#overIn(this.#sentMs - this.#heardMs + PLAYING_SLACK_MS);
    }
    await this.#over.promise;
    this.#cancelTimer();
    const endMs = downlink === null ? this.#times.beganMs : this.#endMs();
    const { heard, rest } = this.#settle(downlink);
    return { heard, rest, cut: this.#cut?.reason ?? null, failure, atMs: this.#times.beganMs, endMs };
  }

  #endMs(): number {
    const nowMs = this.#options.atMs();
    if (this.#cut !== null) return Math.max(this.#times.beganMs, this.#cut.atMs);
    return this.#heardOut ? nowMs : this.#times.taken(this.#sentMs, this.#sentAtMs, nowMs);
  }

  #settle(downlink: Downlink | null): { heard: string; rest: string } {
    const cut = this.#cut;
    if (!this.#started) return { heard: '', rest: this.#text.cutAt(0).rest };
    if (downlink === null || cut === null) {
      if (downlink !== null) downlink.settled(downlink.sentMs);
      return { heard: this.#text.shown, rest: '' };
    }
    const result = this.#text.cutAt(Math.min(this.#sentMs, cut.playedMs ?? this.#heardMs));
    downlink.settled(downlink.sentMs);
    this.#transcript(result.heard, true);
    return result;
  }

  #overIn(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(ms, () => this.#over.resolve());
  }

  async *#listed(): AsyncIterable<string> {
    try {
      for await (const sentence of sentences(this.#options.pieces(this.#abort.signal))) {
        this.#text.add(sentence);
        yield sentence;
      }
    } catch (cause) {
      throw new EngineFailure('mind', cause);
    }
  }

  async #write(texts: AsyncIterable<string>): Promise<void> {
    for await (const _ of texts) {
      this.#start();
      this.#showSentence();
    }
  }

  async #speak(texts: AsyncIterable<string>, downlink: Downlink): Promise<void> {
    const { mouth } = this.#options;
    const { signal } = this.#abort;
    const rate = downlink.format.sample_rate;
    const converter = new RateConverter(mouth.sampleRate, rate);
    const cutter = new FrameCutter(rate);
    const pieces = ahead(this.#voiced(texts), {
      signal,
      limit: (VOICE_AHEAD_MS * mouth.sampleRate) / 1000,
      weigh: (piece) => (piece.type === 'samples' ? piece.samples.length : 0),
    });
    const frames = async (samples: Int16Array): Promise<void> => {
      for (const frame of cutter.push(samples)) {
        if (!(await downlink.send(frame, signal))) return;
      }
    };
    const finish = async (): Promise<void> => {
      await frames(converter.end());
      const last = cutter.end();
      if (last !== null) await downlink.send(last, signal);
    };
    try {
      for await (const piece of pieces) {
        if (piece.type === 'sentence') {
          this.#start();
          this.#showSentence();
        } else {
          await frames(converter.push(piece.samples));
        }
      }
    } finally {
      if (this.#started) await finish();
    }
  }

  /** Each sentence as sound; its beginning is told with its first sound. */
  async *#voiced(texts: AsyncIterable<string>): AsyncIterable<Piece> {
    const { mouth, voice } = this.#options;
    const { signal } = this.#abort;
    for await (const sentence of texts) {
      let silent = true;
      this.#text.begin(this.#madeMs);
      try {
        for await (const samples of mouth.say(sentence, { voice, signal })) {
          if (silent) yield { type: 'sentence' };
          silent = false;
          this.#madeMs += (samples.length * 1000) / mouth.sampleRate;
          this.#text.reach(this.#madeMs, false);
          yield { type: 'samples', samples };
        }
      } catch (cause) {
        throw new EngineFailure('mouth', cause);
      }
      // Nothing to be heard of it ("..."), but it is part of what is said.
      if (silent) yield { type: 'sentence' };
      this.#text.reach(this.#madeMs, true);
    }
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    const { downlink } = this.#options;
    this.#firstSentMs = downlink?.sentMs ?? 0;
    this.#firstPlayedMs = downlink?.playedMs ?? 0;
    const atMs = this.#options.atMs();
    this.#times.started(atMs);
    this.#options.send({ type: 'turn_start', turn_id: this.id, at_ms: atMs });
    this.#options.onstart();
  }

  #showSentence(): void {
    this.#text.show();
    this.#transcript(this.#text.shown, false);
  }

  #transcript(text: string, final: boolean): void {
    const { send, atMs } = this.#options;
    send({ type: 'transcript', id: this.id, role: 'assistant', text, final, turn_id: this.id, at_ms: atMs() });
  }
}
