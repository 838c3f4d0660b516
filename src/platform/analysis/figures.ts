/** A call in figures, out of its turns: docs/platform/analysis.md says what each of them means. Pure. */

import { exchangesOf, type Turn } from './turns.ts';
import { languageTag, wordsOf } from './words.ts';

export interface CallFacts {
  readonly liveAt: Date | null;
  readonly endedAt: Date | null;
  readonly durationMs: number | null;
  /** The assistant's, by name or tag. */
  readonly language: string;
}

export interface Sides {
  readonly user: number;
  readonly assistant: number;
}

export interface Figures {
  /** Whether the call is over: otherwise these are the figures of what there is so far. */
  readonly complete: boolean;
  readonly duration_ms: number;
  readonly turns: Sides;
  /** Shares of 1; null where nobody spoke. */
  readonly talk_ratio: Sides | null;
  readonly interruptions: number;
  /** Null where nothing was answered. */
  readonly response_times_ms: { readonly p50: number | null; readonly p95: number | null };
  readonly words: Sides;
  readonly questions: {
    readonly asked: number;
    readonly answered: number;
    /** What was asked and found no answer in the content, in the visitor's words. */
    readonly unanswered: readonly string[];
  };
}

export function figuresOf(call: CallFacts, turns: readonly Turn[], now: Date): Figures {
  const of = (role: Turn['role']): Turn[] => turns.filter((turn) => turn.role === role);
  const user = of('user');
  const assistant = of('assistant');
  const tag = languageTag(call.language);
  const words = (side: readonly Turn[]): number => side.reduce((sum, { text }) => sum + wordsOf(text, tag).length, 0);
  const times = responseTimes(turns);
  return {
    complete: call.endedAt !== null,
    duration_ms: durationOf(call, now),
    turns: { user: user.length, assistant: assistant.length },
    talk_ratio: talkRatio(user, assistant),
    interruptions: assistant.filter(({ interrupted }) => interrupted).length,
    response_times_ms: { p50: percentile(times, 50), p95: percentile(times, 95) },
    words: { user: words(user), assistant: words(assistant) },
    questions: questions(turns),
  };
}

/** Nearest rank: the smallest value that at least `percent` of all values do not exceed. Null of none. */
export function percentile(values: readonly number[], percent: number): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(1, Math.ceil((percent / 100) * sorted.length)) - 1] ?? null;
}

/** From where the visitor had said all that a turn answers to where that turn began; those nobody measured left out. */
export function responseTimes(turns: readonly Turn[]): number[] {
  return exchangesOf(turns).flatMap(({ asked, replies: [reply] }) => {
    const ends = asked.map(({ endMs }) => endMs).filter((endMs) => endMs !== null);
    return reply === undefined || ends.length === 0 ? [] : [reply.atMs - Math.max(...ends)];
  });
}

/** How long it was sounding: time in which several of these turns did counts once. */
export function spokenMs(turns: readonly Turn[]): number {
  let total = 0;
  let untilMs = -Infinity;
  for (const { atMs, endMs } of turns.toSorted((one, other) => one.atMs - other.atMs)) {
    if (endMs === null || endMs <= untilMs) continue;
    total += Math.max(0, endMs - Math.max(atMs, untilMs));
    untilMs = endMs;
  }
  return total;
}

function talkRatio(user: readonly Turn[], assistant: readonly Turn[]): Sides | null {
  const userMs = spokenMs(user);
  const bothMs = userMs + spokenMs(assistant);
  if (bothMs === 0) return null;
  const share = Math.round((userMs / bothMs) * 1_000);
  return { user: share / 1_000, assistant: (1_000 - share) / 1_000 };
}

function questions(turns: readonly Turn[]): Figures['questions'] {
  let answered = 0;
  const unanswered: string[] = [];
  for (const { asked, replies } of exchangesOf(turns)) {
    if (asked.length === 0) continue;
    if (replies.some((reply) => reply.answered === true)) answered++;
    else if (replies.some((reply) => reply.answered === false))
      unanswered.push(asked.map(({ text }) => text).join(' '));
  }
  return { asked: answered + unanswered.length, answered, unanswered };
}

function durationOf({ liveAt, endedAt, durationMs }: CallFacts, now: Date): number {
  if (endedAt !== null) return durationMs ?? 0;
  return liveAt === null ? 0 : Math.max(0, now.getTime() - liveAt.getTime());
}
