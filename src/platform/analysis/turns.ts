/** A call's turns as analysis sees them, and which of the assistant's answer which of the visitor's. Pure. */

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** Since the call went live, in ms. */
  readonly atMs: number;
  /** Null where nobody measured it; `atMs` for what was written. */
  readonly endMs: number | null;
  readonly interrupted: boolean;
  /** Whether it answers what was asked out of the content; null for what answers no question. */
  readonly answered: boolean | null;
}

/** What the visitor said, and what the assistant said to it. One of the two may be empty. */
export interface Exchange {
  readonly asked: readonly Turn[];
  readonly replies: readonly Turn[];
}

/**
 * In order. A turn of the assistant answers what the visitor had said when it began: what they say into it is answered
 * by a later one.
 */
export function exchangesOf(turns: readonly Turn[]): Exchange[] {
  const exchanges: { asked: Turn[]; replies: Turn[] }[] = [];
  let waiting: Turn[] = [];
  for (const turn of turns.toSorted((one, other) => one.atMs - other.atMs)) {
    if (turn.role === 'user') {
      waiting.push(turn);
      continue;
    }
    const asked = waiting.filter((each) => endOf(each) <= turn.atMs);
    waiting = waiting.filter((each) => endOf(each) > turn.atMs);
    const last = exchanges.at(-1);
    if (asked.length > 0 || last === undefined) exchanges.push({ asked, replies: [turn] });
    else last.replies.push(turn);
  }
  if (waiting.length > 0) exchanges.push({ asked: waiting, replies: [] });
  return exchanges;
}

function endOf({ atMs, endMs }: Turn): number {
  return endMs ?? atMs;
}
