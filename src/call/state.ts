/** The states of a call, as data. Which fact leads from which to which, `machine.ts` knows. */

import type { Mode, Turn, WarningCode } from '../protocol/messages.ts';
import type { CallError } from './errors.ts';

export type EndReason =
  'visitor' | 'assistant' | 'max_duration' | 'silence' | 'replaced' | 'drained' | 'page' | 'error';

/**
 * What a starting call waits for: a click (no gesture yet), the visitor's yes to the microphone, or the servers. In
 * writing it waits for the servers only.
 */
export type StartStage = 'gesture' | 'microphone' | 'preparing';

export interface IdleState {
  readonly name: 'idle';
}
/** The terms wait to be accepted; nothing has been asked for, fetched or opened. */
export interface ConsentState {
  readonly name: 'consent';
  readonly terms: string;
}
export interface StartingState {
  readonly name: 'starting';
  readonly stage: StartStage;
}
/** The call exists and its socket is being opened. */
export interface ConnectingState {
  readonly name: 'connecting';
  readonly callId: string;
}
export interface LiveState {
  readonly name: 'live';
  readonly callId: string;
  readonly assistantId: string;
  readonly assistantName: string;
  readonly mode: Mode;
  /** `speaking` means audible, by the audio clock. An answer that is being written is `thinking`. */
  readonly turn: Turn;
  readonly muted: boolean;
  /** The line is weak just now. Never in writing. */
  readonly weak: boolean;
  /** `performance.now()` of the moment the call went live, in ms. */
  readonly sinceMs: number;
  /** The call will end soon, unless (silence) the visitor speaks. `atMs` is when, by `performance.now()`. */
  readonly warning: { readonly code: WarningCode; readonly atMs: number } | null;
  /** The gateway has said its last word, which is being played out. */
  readonly ending: EndReason | null;
}
export interface EndedState {
  readonly name: 'ended';
  readonly reason: EndReason;
  /** Set where `reason` is `error`. */
  readonly error: CallError | null;
  /** Null where the call failed before it existed. */
  readonly callId: string | null;
  /** From live to ended, in ms; 0 where the call never went live. */
  readonly durationMs: number;
}

export type CallState = IdleState | ConsentState | StartingState | ConnectingState | LiveState | EndedState;

export const IDLE: IdleState = { name: 'idle' };

/** Whether a call is under way, from the first request to its end. */
export function isActive(state: CallState): boolean {
  return state.name !== 'idle' && state.name !== 'ended';
}
