/**
 * The states of a call, and which fact leads from which to which. Pure: `call.ts` runs the effects and reports facts;
 * whoever draws a call draws the latest state and keeps no copy of its own.
 *
 * idle -> consent -> starting -> connecting -> live -> ended -> (consent | starting)
 */

import type { Mode, Turn, WarningCode } from '../protocol/messages.ts';
import type { CallError } from './errors.ts';

export type EndReason =
  'visitor' | 'assistant' | 'max_duration' | 'silence' | 'replaced' | 'drained' | 'page' | 'error';

/** What a starting call waits for: a click (no gesture yet), the visitor's yes to the microphone, or the servers. */
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
  /** `speaking` means audible, by the audio clock. */
  readonly turn: Turn;
  readonly muted: boolean;
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

export type CallFact =
  | { readonly type: 'terms_shown'; readonly terms: string }
  | { readonly type: 'terms_declined' }
  | { readonly type: 'started'; readonly stage: StartStage }
  | { readonly type: 'stage'; readonly stage: StartStage }
  | { readonly type: 'created'; readonly callId: string }
  | {
      readonly type: 'ready';
      readonly assistantId: string;
      readonly assistantName: string;
      readonly mode: Mode;
      readonly atMs: number;
    }
  | { readonly type: 'turn'; readonly turn: Turn }
  | { readonly type: 'muted'; readonly muted: boolean }
  | { readonly type: 'warned'; readonly code: WarningCode; readonly atMs: number }
  | { readonly type: 'warning_over' }
  | { readonly type: 'ending'; readonly reason: EndReason }
  | { readonly type: 'ended'; readonly reason: EndReason; readonly error?: CallError; readonly atMs: number };

export const IDLE: IdleState = { name: 'idle' };

/** Whether a call is under way, from the first request to its end. */
export function isActive(state: CallState): boolean {
  return state.name !== 'idle' && state.name !== 'ended';
}

/** The state after `fact`; the same object where the fact doesn't concern the state (a late answer, a repeat). */
export function transition(state: CallState, fact: CallFact): CallState {
  switch (fact.type) {
    case 'terms_shown':
      return isActive(state) ? state : { name: 'consent', terms: fact.terms };
    case 'terms_declined':
      return state.name === 'consent' ? IDLE : state;
    case 'started':
      return state.name === 'consent' || !isActive(state) ? { name: 'starting', stage: fact.stage } : state;
    case 'stage':
      return state.name === 'starting' && state.stage !== fact.stage ? { ...state, stage: fact.stage } : state;
    case 'created':
      return state.name === 'starting' ? { name: 'connecting', callId: fact.callId } : state;
    case 'ready':
      if (state.name !== 'connecting') return state;
      return {
        name: 'live',
        callId: state.callId,
        assistantId: fact.assistantId,
        assistantName: fact.assistantName,
        mode: fact.mode,
        turn: 'listening',
        muted: false,
        sinceMs: fact.atMs,
        warning: null,
        ending: null,
      };
    case 'turn':
      return state.name === 'live' && state.turn !== fact.turn ? { ...state, turn: fact.turn } : state;
    case 'muted':
      return state.name === 'live' && state.muted !== fact.muted ? { ...state, muted: fact.muted } : state;
    case 'warned':
      return state.name === 'live' ? { ...state, warning: { code: fact.code, atMs: fact.atMs } } : state;
    case 'warning_over':
      return state.name === 'live' && state.warning !== null ? { ...state, warning: null } : state;
    case 'ending':
      return state.name === 'live' && state.ending === null ? { ...state, ending: fact.reason } : state;
    case 'ended':
      return isActive(state) ? ended(state, fact) : state;
    default:
      return fact satisfies never;
  }
}

function ended(state: CallState, fact: Extract<CallFact, { type: 'ended' }>): EndedState {
  return {
    name: 'ended',
    reason: fact.reason,
    error: fact.error ?? null,
    callId: state.name === 'connecting' || state.name === 'live' ? state.callId : null,
    durationMs: state.name === 'live' ? Math.round(fact.atMs - state.sinceMs) : 0,
  };
}
