/**
 * The turns that have not been heard to their end, with what is left of their sound: for a player that takes another's
 * place. Turns are heard in order, so only the first is ever heard in part. Pure.
 */

import type { DownlinkMessage } from '../protocol/media.ts';

/** More than this of sound is not kept, the oldest first: a gateway sends no more ahead of what was heard. In ms. */
const KEEP_MS = 30_000;

export interface UnheardTurn {
  readonly id: string;
  /** PCM16 mono. */
  readonly frames: ArrayBuffer[];
  /** What was before them, in bytes. */
  skipped: number;
  /** Where the present player began with it, in ms of its media. */
  fromMs: number;
  /** How far it has been heard, in ms of its media. */
  heardMs: number;
  ended: boolean;
}

export class Unheard {
  /** Of the frames; set before the first. */
  bytesPerMs = 1;
  readonly #turns: UnheardTurn[] = [];
  /** In all frames. */
  #bytes = 0;

  /** The turn that is being heard, or will be next. */
  get first(): UnheardTurn | undefined {
    return this.#turns[0];
  }

  start(id: string): void {
    this.#turns.push({ id, frames: [], skipped: 0, fromMs: 0, heardMs: 0, ended: false });
  }

  /** Keeps a copy of the latest turn's next frame. */
  frame(pcm: ArrayBuffer): void {
    const turn = this.#turns.at(-1);
    if (!turn) return;
    turn.frames.push(pcm.slice(0));
    this.#bytes += pcm.byteLength;
    while (this.#bytes > KEEP_MS * this.bytesPerMs) this.#drop(this.#turns.find(({ frames }) => frames.length > 0)!);
  }

  end(id: string): void {
    const turn = this.#turns.find((turn) => turn.id === id);
    if (turn) turn.ended = true;
  }

  /** The present player has played `turnMs` of this turn; `done` when it will play no more of it. */
  heard(id: string, turnMs: number, done: boolean): void {
    const at = this.#turns.findIndex((turn) => turn.id === id);
    if (at < 0) return;
    this.#forget(0, done ? at + 1 : at);
    if (done) return;
    const turn = this.#turns[0]!;
    turn.heardMs = turn.fromMs + turnMs;
    const heard = this.#heardBytes(turn);
    while (turn.frames.length > 0 && turn.skipped + turn.frames[0]!.byteLength <= heard) this.#drop(turn);
  }

  /** Forgets this turn and every later one; one that is not known was before all that are. */
  clear(id?: string): void {
    const at = this.#turns.findIndex((turn) => turn.id === id);
    this.#forget(Math.max(0, at));
  }

  /** Tells a player that knows of nothing all there is still to be heard, cut to the sample. */
  replay(post: (message: DownlinkMessage, ...transfer: ArrayBuffer[]) => void): void {
    for (const turn of this.#turns) {
      const turnId = turn.id;
      let cut = Math.max(0, this.#heardBytes(turn) - turn.skipped);
      turn.fromMs = turn.heardMs = (turn.skipped + cut) / this.bytesPerMs;
      post({ type: 'turn_start', turnId });
      for (const frame of turn.frames) {
        const pcm = frame.slice(cut);
        cut = 0;
        post({ type: 'frame', turnId, pcm }, pcm);
      }
      if (turn.ended) post({ type: 'turn_end', turnId });
    }
  }

  /** In whole samples. */
  #heardBytes({ heardMs }: UnheardTurn): number {
    return 2 * Math.round((heardMs * this.bytesPerMs) / 2);
  }

  #forget(from: number, to?: number): void {
    for (const turn of this.#turns.slice(from, to)) while (turn.frames.length > 0) this.#drop(turn);
    this.#turns.splice(from, (to ?? this.#turns.length) - from);
  }

  #drop(turn: UnheardTurn): void {
    const { byteLength } = turn.frames.shift()!;
    turn.skipped += byteLength;
    this.#bytes -= byteLength;
  }
}
