/**
 * Which fact leads from which state of a call to which. Pure: `call.ts` runs the effects and reports facts; whoever
 * draws a call draws the latest state and keeps no copy of its own.
 *
 * idle -> consent -> starting -> connecting -> live -> ended -> (consent | starting)
 */

import type { Mode, Turn, WarningCode } from '../protocol/messages.ts';
import type { CallError } from './errors.ts';
import { type CallState, type EndedState, type EndReason, IDLE, isActive, type StartStage } from './state.ts';

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
  | { readonly type: 'weak'; readonly weak: boolean }
  | { readonly type: 'warned'; readonly code: WarningCode; readonly atMs: number }
  /** The visitor has said or written something; the longest call is no longer for it. */
  | { readonly type: 'warning_over' }
  | { readonly type: 'ending'; readonly reason: EndReason }
  | { readonly type: 'ended'; readonly reason: EndReason; readonly error?: CallError; readonly atMs: number };

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
        weak: false,
        sinceMs: fact.atMs,
        warning: null,
        ending: null,
      };
    case 'turn':
      return state.name === 'live' && state.turn !== fact.turn ? { ...state, turn: fact.turn } : state;
    case 'muted':
      return state.name === 'live' && state.muted !== fact.muted ? { ...state, muted: fact.muted } : state;
    case 'weak':
      return state.name === 'live' && state.weak !== fact.weak ? { ...state, weak: fact.weak } : state;
    case 'warned':
      return state.name === 'live' ? { ...state, warning: { code: fact.code, atMs: fact.atMs } } : state;
    case 'warning_over':
      return state.name === 'live' && state.warning?.code === 'silence' ? { ...state, warning: null } : state;
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
