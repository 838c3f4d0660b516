/** Who spoke when, as places on a line: the geometry of a call's picture. `timeline-picture.ts` draws it. */

import { clock } from './format.ts';
import type { BySide, Turn } from './shapes.ts';

/** Where something is on the line: shares of its length, 0 to 1. */
export interface Mark {
  readonly turn: Turn;
  readonly start: number;
  /** 0 for what has a beginning only: a moment. */
  readonly width: number;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

export interface Timeline {
  readonly spanMs: number;
  readonly lanes: BySide<readonly Mark[]>;
  readonly interruptions: readonly Tick[];
  readonly ticks: readonly Tick[];
  /** How long each side spoke, overlapping turns counted once. */
  readonly spokenMs: BySide<number>;
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400];
/** As many as a narrow screen has room for. */
const MOST_TICKS = 6;
/** A call that has only begun is drawn on this much of a line. */
const LEAST_MS = 5_000;

/** @param durationMs how long the call was; null while nobody knows */
export function timelineOf(turns: readonly Turn[], durationMs: number | null): Timeline {
  const spanMs = Math.max(LEAST_MS, durationMs ?? 0, ...turns.map((turn) => endOf(turn)));
  const share = (ms: number): number => Math.min(1, Math.max(0, ms / spanMs));
  const marks = (role: Turn['role']): Mark[] =>
    turns
      .filter((turn) => turn.role === role)
      .map((turn) => ({ turn, start: share(turn.at_ms), width: share(endOf(turn)) - share(turn.at_ms) }));
  const lanes = { user: marks('user'), assistant: marks('assistant') };
  return {
    spanMs,
    lanes,
    interruptions: turns
      .filter((turn) => turn.interrupted)
      .map((turn) => ({ at: share(endOf(turn)), label: clock(endOf(turn)) })),
    ticks: ticksOf(spanMs),
    spokenMs: { user: spoken(turns, 'user'), assistant: spoken(turns, 'assistant') },
  };
}

/** The picture in a sentence or two, for whoever doesn't see it. */
export function wordsOfTimeline({ lanes, interruptions, spokenMs, spanMs }: Timeline): string {
  const side = (who: string, role: Turn['role']): string => {
    const turns = lanes[role].length;
    if (turns === 0) return `${who} said nothing`;
    const long = spokenMs[role] > 0 ? `, ${clock(spokenMs[role])} in all` : '';
    return `${who} spoke ${turns === 1 ? 'once' : `${turns} times`}${long}`;
  };
  const cuts = interruptions.map(({ label }) => label);
  const cut = cuts.length === 0 ? 'Nobody was interrupted.' : `The assistant was interrupted at ${listed(cuts)}.`;
  return `In ${clock(spanMs)}, ${side('the visitor', 'user')}, and ${side('the assistant', 'assistant')}. ${cut}`;
}

function ticksOf(spanMs: number): Tick[] {
  const spanS = spanMs / 1_000;
  const stepS = STEPS_S.find((step) => spanS / step <= MOST_TICKS) ?? Math.ceil(spanS / MOST_TICKS);
  const ticks: Tick[] = [];
  for (let atS = 0; atS <= spanS; atS += stepS) ticks.push({ at: atS / spanS, label: clock(atS * 1_000) });
  return ticks;
}

/** Turns can overlap where one was corrected: that time was spoken once. */
function spoken(turns: readonly Turn[], role: Turn['role']): number {
  let [sumMs, reachedMs] = [0, 0];
  for (const turn of turns.filter((one) => one.role === role).sort((one, other) => one.at_ms - other.at_ms)) {
    sumMs += Math.max(0, endOf(turn) - Math.max(turn.at_ms, reachedMs));
    reachedMs = Math.max(reachedMs, endOf(turn));
  }
  return sumMs;
}

function endOf({ at_ms, end_ms }: Turn): number {
  return Math.max(at_ms, end_ms ?? at_ms);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
