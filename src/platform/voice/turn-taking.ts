/** Whose turn it is to speak, as far as the visitor's side tells. Pure: what is done about it is the conversation's. */

import type { EarsEvent } from './engines.ts';

/** Words so far of one utterance, or its last ones. */
export interface Utterance {
  readonly id: string;
  readonly text: string;
  readonly final: boolean;
}

/**
 * Follows the utterances of a visitor. Words may trail behind the voice: an utterance is over when its voice has ended
 * and its last words have come, in whichever order, and the visitor may have begun the next one by then.
 */
export class VisitorFloor {
  #speaking = false;
  /** Utterances whose last words have not come, oldest first. */
  #open: string[] = [];
  #count = 0;

  /** Whether the assistant had better wait: the visitor speaks, or said something that is still being made out. */
  get taken(): boolean {
    return this.#speaking || this.#open.length > 0;
  }

  get speaking(): boolean {
    return this.#speaking;
  }

  /** The utterance that the event's words belong to; null for an event without words. */
  notice(event: EarsEvent): Utterance | null {
    switch (event.type) {
      case 'speech_start':
        this.#speaking = true;
        this.#begin();
        return null;
      case 'speech_end':
        this.#speaking = false;
        return null;
      case 'words': {
        const id = this.#open[0] ?? this.#begin();
        if (event.final) this.#open.shift();
        return { id, text: event.text.trim(), final: event.final };
      }
    }
  }

  /** Nothing more will come of what has begun: the listener is gone. */
  reset(): void {
    this.#speaking = false;
    this.#open = [];
  }

  #begin(): string {
    const id = `u${++this.#count}`;
    this.#open.push(id);
    return id;
  }
}

/** When the visitor is warned of a limit, in seconds before it: less where the limit itself is short. */
export function warningLeadS(limitS: number, leadS: number): number {
  return Math.min(leadS, Math.round((limitS / 2) * 10) / 10);
}
