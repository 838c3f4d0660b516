/**
 * The gateway wire, version 1: the JSON text frames that both sides exchange, the close codes, and the numbers that
 * bound them. Binary frames are audio and nothing else. docs/protocol.md tells the story; `codec.ts` reads and writes.
 */

export const PROTOCOL_VERSION = 1;

export type Encoding = 'pcm_s16le' | 'pcm_mulaw';

/** How one direction's audio is laid out. `channels` is always 1 in version 1. */
export interface AudioFormat {
  readonly encoding: Encoding;
  /** Samples a second: 16000 up (8000 for mu-law); 8000, 16000, 22050, 24000, 44100 or 48000 down. */
  readonly sample_rate: number;
  readonly channels: 1;
}

export interface AudioPair {
  readonly up: AudioFormat;
  readonly down: AudioFormat;
}

export type Mode = 'voice' | 'text';
export type Role = 'user' | 'assistant';
export type Turn = 'listening' | 'thinking' | 'speaking';
export type ClearReason = 'barge_in' | 'interrupt' | 'superseded';
export type WarningCode = 'max_duration' | 'silence';
export type GatewayErrorCode = 'bad_message' | 'too_fast' | 'engine_failed' | 'unsupported' | 'internal';
export type GatewayEndReason = 'assistant' | 'max_duration' | 'silence' | 'replaced' | 'drained' | 'error';

export interface ToolDeclaration {
  readonly name: string;
  readonly description: string;
  /** A JSON Schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Proof of which terms a visitor accepted, and when (ISO 8601, UTC). */
export interface Consent {
  /** Lower-case hex SHA-256 of the terms' text, UTF-8. */
  readonly terms_sha256: string;
  readonly accepted_at: string;
}

// --- client to gateway ---------------------------------------------------------------------------------------------

/** The first frame of every socket. `audio` lists what the client can do, most preferred first. */
export interface StartMessage {
  readonly type: 'start';
  readonly version: number;
  readonly call_id: string;
  readonly assistant_id: string;
  readonly widget_id?: string;
  readonly mode: Mode;
  readonly audio: { readonly up: readonly AudioFormat[]; readonly down: readonly AudioFormat[] };
  readonly language?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly tools?: readonly ToolDeclaration[];
  readonly consent?: Consent;
  readonly resume?: { readonly token: string; readonly received: number };
}

/** Every 200 ms while audio comes or plays, and (`done`) when a turn has been heard to its end. */
export interface AckMessage {
  readonly type: 'ack';
  /** Media time received on this call, in ms. */
  readonly received_ms: number;
  /** Media time really heard on this call, in ms: without concealment, less the output latency. */
  readonly played_ms: number;
  readonly turn_id?: string;
  readonly done?: boolean;
}

export interface TextMessage {
  readonly type: 'text';
  readonly id: string;
  readonly text: string;
}

export interface ContextMessage {
  readonly type: 'context';
  readonly text: string;
}

/** The visitor pressed stop; the client has already gone silent. */
export interface InterruptMessage {
  readonly type: 'interrupt';
  readonly turn_id: string;
  /** How much of that turn was heard, in ms. */
  readonly played_ms: number;
}

export interface ModeMessage {
  readonly type: 'mode';
  readonly mode: Mode;
}

export interface MuteMessage {
  readonly type: 'mute';
  readonly muted: boolean;
}

export interface ToolResultMessage {
  readonly type: 'tool_result';
  readonly id: string;
  readonly result: unknown;
  readonly is_error: boolean;
}

export interface FeedbackMessage {
  readonly type: 'feedback';
  readonly rating: number;
  readonly comment?: string;
}

export interface PingMessage {
  readonly type: 'ping';
  /** The client's clock, in ms; comes back unchanged in `pong`. */
  readonly t: number;
  /** Frames received on the call so far. */
  readonly received: number;
}

export interface HangUpMessage {
  readonly type: 'end';
  readonly reason: string;
}

export type ClientMessage =
  | StartMessage
  | AckMessage
  | TextMessage
  | ContextMessage
  | InterruptMessage
  | ModeMessage
  | MuteMessage
  | ToolResultMessage
  | FeedbackMessage
  | PingMessage
  | HangUpMessage;

// --- gateway to client ---------------------------------------------------------------------------------------------

/** The call is live. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly version: number;
  readonly call_id: string;
  readonly resume_token: string;
  /** Frames of the client's that the gateway has counted on this call; 0 on a first start. */
  readonly received: number;
  /** What is used from the client's offers; null in text mode. */
  readonly audio: AudioPair | null;
  readonly assistant: { readonly name: string; readonly language: string };
  readonly limits: { readonly max_duration_s: number; readonly silence_s: number };
}

/** `at_ms` counts from `ready`, here and below. */
export interface TurnStartMessage {
  readonly type: 'turn_start';
  readonly turn_id: string;
  readonly at_ms: number;
}

export interface TurnEndMessage {
  readonly type: 'turn_end';
  readonly turn_id: string;
}

/** Drop all audio of this turn, and of any later one that has not been heard, now. */
export interface ClearMessage {
  readonly type: 'clear';
  readonly turn_id: string;
  readonly reason: ClearReason;
}

export interface SpeechMessage {
  readonly type: 'speech';
  readonly active: boolean;
  readonly at_ms: number;
}

/** Replaces an earlier transcript of the same `id`. */
export interface TranscriptMessage {
  readonly type: 'transcript';
  readonly id: string;
  readonly role: Role;
  readonly text: string;
  readonly final: boolean;
  readonly turn_id?: string;
  readonly at_ms: number;
}

/** A hint; "speaking" is shown by what is audible. */
export interface StateMessage {
  readonly type: 'state';
  readonly state: Turn;
}

export interface ToolCallMessage {
  readonly type: 'tool_call';
  readonly id: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface WarningMessage {
  readonly type: 'warning';
  readonly code: WarningCode;
  readonly in_s: number;
}

export interface ReceivedMessage {
  readonly type: 'ack';
  readonly received: number;
}

export interface PongMessage {
  readonly type: 'pong';
  readonly t: number;
  readonly received: number;
}

export interface ErrorMessage {
  readonly type: 'error';
  readonly code: GatewayErrorCode;
  readonly message: string;
  readonly fatal: boolean;
}

/** The client plays out what it has (10 s at most), then closes. */
export interface EndMessage {
  readonly type: 'end';
  readonly reason: GatewayEndReason;
}

export type GatewayMessage =
  | ReadyMessage
  | TurnStartMessage
  | TurnEndMessage
  | ClearMessage
  | SpeechMessage
  | TranscriptMessage
  | StateMessage
  | ToolCallMessage
  | WarningMessage
  | ReceivedMessage
  | PongMessage
  | ErrorMessage
  | EndMessage;

// --- closing -------------------------------------------------------------------------------------------------------

/** Why a socket was closed. A browser may send 1000 and 4000-4999 only. */
export const CloseCode = {
  normal: 1000,
  idle: 1001,
  /** Never sent: what a browser reports when the line broke. */
  abnormal: 1006,
  notJson: 1007,
  refused: 1008,
  tooBig: 1009,
  internal: 1011,
  restart: 1012,
  full: 1013,
  unavailable: 4000,
  replaced: 4001,
  version: 4002,
  garbage: 4003,
  terms: 4004,
} as const;

// --- bounds --------------------------------------------------------------------------------------------------------

/** Largest text or binary frame, in bytes; a longer one closes with 1009. */
export const MAX_FRAME_BYTES = 65_536;
/** The gateway never sends more than this beyond what `ack.received_ms` says, in ms of media. */
export const CREDIT_RECEIVED_MS = 2_000;
/** Nor more than this beyond what `ack.played_ms` says, in ms of media. */
export const CREDIT_PLAYED_MS = 30_000;
/** What a client keeps of the visitor's words before `ready`, in ms. */
export const UPLINK_BEFORE_READY_MS = 10_000;
/** What a client keeps unacknowledged after `ready`, in ms; beyond it the oldest is dropped. */
export const UPLINK_BACKLOG_MS = 2_000;
/** `start` must come within this, in ms. */
export const START_WITHIN_MS = 5_000;
/** A call must be started within this of its creation, in ms. */
export const CALL_FRESH_MS = 60_000;
/** How often the client sends `ping`, in ms. */
export const PING_EVERY_MS = 5_000;
/** How often the client sends `ack` while audio comes or plays, in ms. */
export const ACK_EVERY_MS = 200;
/** A socket on which nothing has come for this long is closed with 1001, in ms. */
export const IDLE_MS = 30_000;
/** How long a client may play out after `end`, in ms. */
export const PLAY_OUT_MS = 10_000;
/** How long a client that said `end` waits for the gateway to close, in ms. */
export const END_WAIT_MS = 1_000;
/** Largest `context`, `variables` and `metadata`, as JSON, in bytes. */
export const MAX_PAGE_DATA_BYTES = 8_192;
