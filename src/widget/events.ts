/** What the page hears of a call. Every event bubbles, crosses shadow roots, and comes after the fact. */

import type { TranscriptLine } from '../call/call.ts';
import type { CallError } from '../call/errors.ts';
import type { CallProgress } from '../call/progress.ts';
import type { CallState, EndReason } from '../call/state.ts';
import { type CallErrorEvent, WidgetEvent } from './error-event.ts';

export interface CallConnectDetail {
  readonly callId: string;
  readonly assistantId: string;
}

export interface CallEndDetail {
  readonly reason: EndReason;
  /** From connected to ended, in ms; 0 where the call never connected. */
  readonly durationMs: number;
  /** Null where the call failed before it existed. */
  readonly callId: string | null;
  /** Set where `reason` is `error`. */
  readonly error?: CallError;
}

export interface TranscriptDetail {
  /** A later line of the same id replaces an earlier one. */
  readonly id: string;
  readonly role: TranscriptLine['role'];
  readonly text: string;
  /** False while the words may still change. */
  readonly final: boolean;
}

export interface StateDetail {
  readonly state: CallState['name'];
  readonly previous: CallState['name'];
}

/** A call is being started. */
export class CallStartEvent extends WidgetEvent<Readonly<Record<string, never>>> {
  constructor() {
    super('indigenius-call-start', {});
  }
}

/** A start has come a stage further. */
export class CallProgressEvent extends WidgetEvent<CallProgress> {
  constructor(detail: CallProgress) {
    super('indigenius-call-progress', detail);
  }
}

/** The assistant is on the line. */
export class CallConnectEvent extends WidgetEvent<CallConnectDetail> {
  constructor(detail: CallConnectDetail) {
    super('indigenius-call-connect', detail);
  }
}

/** The call is over, for whatever reason. */
export class CallEndEvent extends WidgetEvent<CallEndDetail> {
  constructor(detail: CallEndDetail) {
    super('indigenius-call-end', detail);
  }
}

/** Somebody said something, or said it differently. */
export class TranscriptEvent extends WidgetEvent<TranscriptDetail> {
  constructor(detail: TranscriptDetail) {
    super('indigenius-transcript', detail);
  }
}

/** The call went from one state to another. */
export class StateEvent extends WidgetEvent<StateDetail> {
  constructor(detail: StateDetail) {
    super('indigenius-state', detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'indigenius-call-start': CallStartEvent;
    'indigenius-call-progress': CallProgressEvent;
    'indigenius-call-connect': CallConnectEvent;
    'indigenius-call-end': CallEndEvent;
    'indigenius-transcript': TranscriptEvent;
    'indigenius-state': StateEvent;
    'indigenius-error': CallErrorEvent;
  }
}
