/** Whose turn it is to speak, as far as the visitor's side tells. Pure: what is done about it is the conversation's. */

import type { EarsEvent } from './engines.ts';

/** Words so far of one utterance, or its last ones. */
export interface Utterance {
  readonly id: string;
  readonly text: string;
  readonly final: boolean;
  /** Where the voice began and ended; so far, while it goes on. In whatever time `notice` is told. */
  readonly begunAtMs: number;
  readonly endedAtMs: number;
}

interface Open {
  readonly id: string;
  readonly begunAtMs: number;
  endedAtMs: number | null;
}

/**
 * Follows the utterances of a visitor. Words may trail behind the voice: an utterance is over when its voice has ended
 * and its last words have come, in whichever order, and the visitor may have begun the next one by then.
 */
export class VisitorFloor {
  #speaking = false;
  /** Utterances whose last words have not come, oldest first. */
  #open: Open[] = [];
  #count = 0;

  /** Whether the assistant had better wait: the visitor speaks, or said something that is still being made out. */
  get taken(): boolean {
    return this.#speaking || this.#open.length > 0;
  }

  get speaking(): boolean {
    return this.#speaking;
  }

  /** The utterance that the event's words belong to; null for an event without words. `atMs`: of voice or words. */
  notice(event: EarsEvent, atMs: number): Utterance | null {
    switch (event.type) {
      case 'speech_start':
        this.#speaking = true;
        this.#begin(atMs);
        return null;
      case 'speech_end': {
        this.#speaking = false;
        const last = this.#open.at(-1);
        if (last !== undefined) last.endedAtMs ??= atMs;
        return null;
      }
      case 'words': {
        const { id, begunAtMs, endedAtMs } = this.#open[0] ?? this.#begin(atMs);
        if (event.final) this.#open.shift();
        return { id, text: event.text.trim(), final: event.final, begunAtMs, endedAtMs: endedAtMs ?? atMs };
      }
    }
  }

  /** Nothing more will come of what has begun: the listener is gone. */
  reset(): void {
    this.#speaking = false;
    this.#open = [];
  }

  #begin(begunAtMs: number): Open {
    const open: Open = { id: `u${++this.#count}`, begunAtMs, endedAtMs: null };
    this.#open.push(open);
    return open;
  }
}

/** When the visitor is warned of a limit, in seconds before it: less where the limit itself is short. */
export function warningLeadS(limitS: number, leadS: number): number {
  return Math.min(leadS, Math.round((limitS / 2) * 10) / 10);
}
