/** What the gateway asks of whoever keeps the calls. The store answers it; tests answer it from memory. */

import type { Role } from '../../protocol/messages.ts';

/** Everything the gateway must know before it answers a `start`. */
export interface CallFile {
  readonly callId: string;
  readonly assistantId: string;
  readonly createdAt: Date;
  readonly over: boolean;
  /** Of a phone call only: when it was picked up, null until then. */
  readonly phone?: { readonly answeredAt: Date | null };
  readonly assistant: {
    readonly name: string;
    readonly companyName: string | null;
    readonly language: string;
    readonly voice: string | null;
    readonly firstMessage: string | null;
    readonly systemPrompt: string | null;
    /** Longest call, in seconds. */
    readonly maxDurationS: number;
    /** Longest silence of the visitor, in seconds. */
    readonly silenceS: number;
  };
  /** Null for a call that belongs to no widget (`/v1/calls/initiate`). */
  readonly widget: {
    readonly widgetId: string;
    readonly status: 'active' | 'paused' | 'draft';
    /** Empty: any origin. */
    readonly allowedOrigins: readonly string[];
    /** The terms' text where they must be accepted, else null. */
    readonly terms: string | null;
  } | null;
}

export interface TranscriptLine {
  readonly id: string;
  readonly role: Role;
  readonly text: string;
  /** Where its turn began, since the call went live, in ms. */
  readonly atMs: number;
  /** Where it ended: as the visitor heard it, for the assistant's; null where nobody measured it. */
  readonly endMs?: number | null;
  /** The assistant's turn was cut short by the visitor. */
  readonly interrupted?: boolean;
  /** Whether it answers what was asked out of the content; null for what answers no question. */
  readonly answered?: boolean | null;
}

export interface CallDesk {
  /** Null where no such call was ever created. */
  find(callId: string): Promise<CallFile | null>;
  /** False where the call is live or over already, or not picked up: of all who have its socket, one may go on. */
  wentLive(callId: string): Promise<boolean>;
  /** A final line; a later one of the same id replaces it. */
  said(callId: string, line: TranscriptLine): Promise<void>;
  rated(callId: string, feedback: { rating: number; comment: string | null }): Promise<void>;
  ended(callId: string, outcome: { reason: string; durationMs: number }): Promise<void>;
}
