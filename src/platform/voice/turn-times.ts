/**
 * Where one turn of the assistant lies in its call: not when it was sent, but when the client says that it was heard.
 * Pure; call time in ms throughout.
 */

export class TurnTimes {
  /** The first of it was about to be sent. */
  #startedMs: number | null = null;
  /** It began to be heard. */
  #begunMs: number | null = null;
  #heardMs = 0;
  /** Up to when it is known to have been heard. */
  #knownMs: number | null = null;

  started(nowMs: number): void {
    this.#startedMs ??= nowMs;
  }

  /** The client says that `heardMs` of it have been heard by now. */
  heard(heardMs: number, nowMs: number): void {
    if (this.#startedMs === null || heardMs <= this.#heardMs) return;
    this.#heardMs = heardMs;
    // Only the first one tells where it began: playing may pause afterwards.
    this.#begunMs ??= Math.max(this.#startedMs, Math.round(nowMs - heardMs));
    this.#knownMs = nowMs;
  }

  get beganMs(): number {
    return this.#begunMs ?? this.#startedMs ?? 0;
  }

  /** For a turn whose client is gone: nobody knows what was heard after its last word. */
  get lastHeardMs(): number {
    return this.#knownMs ?? this.beganMs;
  }

  /** For a turn of which the client never said that it was over, `sentMs` long and sent by `sentAtMs`. */
  taken(sentMs: number, sentAtMs: number, nowMs: number): number {
    return Math.min(nowMs, Math.max(sentAtMs, Math.round(this.beganMs + sentMs)));
  }
}
