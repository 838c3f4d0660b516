/**
 * The assistant's voice on its way to the speaker, and what is said of it: the acknowledgements that the gateway's
 * credit lives on, and the visitor's stop. The player may be replaced at any time: the next one goes on where it was.
 */

import { decodeMuLaw } from '../dsp/mu-law.ts';
import type { DownlinkMessage, HeardReport } from '../protocol/media.ts';
import { ACK_EVERY_MS, type AckMessage, type AudioFormat, type InterruptMessage } from '../protocol/messages.ts';
import { Unheard, type UnheardTurn } from './unheard.ts';

/** How long a player may take to say how much of an interrupted turn was heard. */
const HEARD_WITHIN_MS = 100;

/** A gateway that has not answered the visitor's stop by then has not understood it: better heard than mute for good. */
const ANSWER_WITHIN_MS = 5_000;

export class Downlink {
  /** Media time received on this call, in ms. */
  receivedMs = 0;

  readonly #say: (message: AckMessage | InterruptMessage) => void;
  readonly #unheard = new Unheard();
  #port: MessagePort | null = null;
  #format: AudioFormat | null = null;
  #turnId: string | null = null;
  #playedMs = 0;
  /** Played before the present player took over. */
  #earlierMs = 0;
  #heardTurnId: string | null = null;
  /** The turn after whose clearing the player has not yet said what was heard. */
  #clearing: string | null = null;
  /** The visitor's stop, of which the gateway does not know yet. */
  #interrupted: UnheardTurn | null = null;
  /** The visitor's stop has not been answered: whatever turn comes, the gateway is about to clear it. */
  #muffledUntilMs = 0;
  #stopTimer: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Something came or was heard since the last acknowledgement. */
  #news = false;

  constructor(port: MessagePort | null, say: (message: AckMessage | InterruptMessage) => void) {
    this.#say = say;
    this.#listen(port);
  }

  /** Another player takes over: it gets what has not been heard. */
  connect(port: MessagePort | null): void {
    this.#leave();
    this.#listen(port);
    this.#earlierMs = this.#playedMs;
    // Of the old one no answer will come.
    if (this.#clearing !== null) this.#done(this.#clearing);
    this.#postFormat();
    this.#unheard.replay((message, ...transfer) => this.#post(message, ...transfer));
  }

  /** Frames of this format will come. */
  format(format: AudioFormat): void {
    this.#format = format;
    this.#unheard.bytesPerMs = (format.sample_rate * 2) / 1000;
    this.#postFormat();
  }

  frame(data: ArrayBuffer): void {
    if (!this.#format) return;
    const muLaw = this.#format.encoding === 'pcm_mulaw';
    // Half a sample is none.
    const bytes = muLaw ? data.byteLength * 2 : data.byteLength & ~1;
    if (bytes === 0) return;
    // Counted even where nobody will hear it: the gateway has spent its credit on it.
    this.receivedMs += bytes / this.#unheard.bytesPerMs;
    this.#keepAcknowledging();
    if (this.#turnId === null) return;
    const pcm = muLaw
      ? decodeMuLaw(new Uint8Array(data)).buffer
      : bytes < data.byteLength
        ? data.slice(0, bytes)
        : data;
    this.#unheard.frame(pcm);
    this.#post({ type: 'frame', turnId: this.#turnId, pcm }, pcm);
  }

  turnStart(turnId: string): void {
    if (performance.now() < this.#muffledUntilMs) return;
    this.#turnId = turnId;
    this.#unheard.start(turnId);
    this.#post({ type: 'turn_start', turnId });
  }

  turnEnd(turnId: string): void {
    if (this.#turnId === turnId) this.#turnId = null;
    this.#unheard.end(turnId);
    // Where nobody listens nobody will tell that it was heard.
    if (!this.#port) this.#unheard.clear();
    this.#post({ type: 'turn_end', turnId });
  }

  /** Ends this turn and every later one, so whichever is current. */
  clear(turnId: string): void {
    this.#muffledUntilMs = 0;
    this.#silence(turnId);
  }

  /**
   * The visitor wants to hear no more: silence now, and the gateway is told of it as soon as it is known how much of
   * the turn was heard. Nothing happens where nothing is left to be heard.
   */
  interrupt(): void {
    const { first } = this.#unheard;
    if (!first) return;
    this.#muffledUntilMs = performance.now() + ANSWER_WITHIN_MS;
    this.#interrupted = first;
    this.#stopTimer = setTimeout(() => this.#done(first.id), HEARD_WITHIN_MS);
    this.#silence(first.id);
  }

  close(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#stopTimer);
    this.#leave();
  }

  #listen(port: MessagePort | null): void {
    this.#port = port;
    if (port) port.onmessage = ({ data }: { data: HeardReport }) => this.#heard(data);
  }

  #leave(): void {
    if (!this.#port) return;
    this.#port.onmessage = null;
    this.#port.close();
  }

  #silence(turnId: string): void {
    this.#turnId = null;
    this.#unheard.clear(turnId);
    if (!this.#port) return this.#done(turnId);
    this.#clearing = turnId;
    this.#post({ type: 'clear', turnId });
  }

  #heard({ type, turnId, turnMs, playedMs, done }: HeardReport): void {
    if (type !== 'heard') return;
    this.#heardTurnId = turnId;
    this.#playedMs = Math.max(this.#playedMs, this.#earlierMs + playedMs);
    this.#unheard.heard(turnId, turnMs, done);
    const stopped = this.#interrupted;
    if (stopped?.id === turnId) stopped.heardMs = Math.max(stopped.heardMs, stopped.fromMs + turnMs);
    this.#keepAcknowledging();
    if (done) this.#done(turnId);
  }

  /** No more of this turn will be heard. */
  #done(turnId: string): void {
    if (this.#clearing === turnId) this.#clearing = null;
    const stopped = this.#interrupted;
    if (stopped?.id === turnId) {
      clearTimeout(this.#stopTimer);
      this.#interrupted = null;
      this.#say({ type: 'interrupt', turn_id: turnId, played_ms: Math.round(stopped.heardMs) });
    }
    this.#heardTurnId = turnId;
    this.#report(true);
  }

  #keepAcknowledging(): void {
    this.#news = true;
    this.#timer ??= setInterval(() => {
      if (this.#news) return this.#report(false);
      clearInterval(this.#timer);
      this.#timer = undefined;
    }, ACK_EVERY_MS);
  }

  #report(done: boolean): void {
    this.#news = false;
    this.#say({
      type: 'ack',
      received_ms: Math.round(this.receivedMs),
      played_ms: Math.round(this.#playedMs),
      ...(this.#heardTurnId !== null && { turn_id: this.#heardTurnId }),
      ...(done && { done }),
    });
  }

  #postFormat(): void {
    if (this.#format) this.#post({ type: 'format', sampleRate: this.#format.sample_rate });
  }

  #post(message: DownlinkMessage, ...transfer: ArrayBuffer[]): void {
    this.#port?.postMessage(message, transfer);
  }
}
