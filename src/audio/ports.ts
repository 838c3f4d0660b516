/** What the page and the sound graph's two processors say to each other. The sound itself takes other ports. */

/** Both processors get their end of the channel to the socket this way, and are let go this way. */
export type ToProcessor = { readonly type: 'port'; readonly port: MessagePort } | { readonly type: 'close' };

/** The length of a frame of the visitor's voice, in ms. */
export type FrameMs = 10 | 20;

export type ToCapture =
  | ToProcessor
  /** There is no way to the socket for now: up to 10 s are kept for the next port. */
  | { readonly type: 'port'; readonly port: null }
  | { readonly type: 'mute'; readonly muted: boolean }
  /** Answered by a `CaptureReport`. */
  | { readonly type: 'stats' };

export type ToPlayout =
  | ToProcessor
  | { readonly type: 'stats' }
  /** From a sample's leaving the graph to its being heard, in ms. */
  | { readonly type: 'latency'; readonly latencyMs: number };

/** 0..1, at most 20 times a second. */
export interface LevelReport {
  readonly type: 'level';
  readonly level: number;
}

/** The processor has run for the last time. */
export interface ClosedReport {
  readonly type: 'closed';
}

export interface CaptureReport {
  readonly type: 'stats';
  /** Frames made so far. */
  readonly frames: number;
  /** Empty buffers at hand for the frames to come. */
  readonly pooledBuffers: number;
}

export type FromCapture =
  | LevelReport
  | ClosedReport
  | CaptureReport
  /** The graph has run for 2 s without a sound from its source, which was not muted. */
  | { readonly type: 'stalled' };

/** Of a call so far. */
export interface CaptureStats {
  /** Of the context, in samples a second; what leaves has 16000. */
  readonly sampleRate: number;
  /** Frames made. There are none while muted. */
  readonly frames: number;
  readonly frameMs: FrameMs;
  /** Empty buffers at hand for the frames to come. */
  readonly pooledBuffers: number;
  /** From the air to the uplink's port, in ms; null where the browser does not tell the device's part. */
  readonly latencyMs: number | null;
}

/** What a capture processor is made with. */
export interface CaptureOptions {
  readonly frameMs: FrameMs;
  /** Nothing leaves until it is told otherwise. */
  readonly muted: boolean;
}

/** What a playout processor is made with. */
export interface PlayoutOptions {
  /** What a turn must have before it starts, as learnt on an earlier call, in ms. */
  readonly startMs?: number | undefined;
}

export type FromPlayout =
  | LevelReport
  | ClosedReport
  /** What is heard from now on: a turn, or none. */
  | { readonly type: 'audible'; readonly turnId: string | null }
  /** Worth remembering for the next call. */
  | { readonly type: 'learnt'; readonly startMs: number }
  | { readonly type: 'stats'; readonly stats: PlayoutStats };

/** Of a call so far. Samples are of the output, at `sampleRate`. */
export interface PlayoutStats {
  readonly sampleRate: number;
  /** Of the frames that come, in samples a second; 0 before the first. */
  readonly mediaRate: number;
  /** How unevenly frames arrive, smoothed as in RFC 3550. */
  readonly jitterMs: number;
  /** What a turn must have before it starts. */
  readonly thresholdMs: number;
  /** Media of the turn being played that waits. */
  readonly bufferedMs: number;
  /** How often a turn ran dry before its end. */
  readonly underruns: number;
  /** Silence, or sound made up, in the middle of turns. */
  readonly stalledMs: number;
  /** Media really heard. */
  readonly playedMs: number;
  readonly concealedSamples: number;
  readonly concealmentEvents: number;
  /** Put in to slow down. */
  readonly slowedSamples: number;
  /** From a sample's leaving the processor to its being heard. */
  readonly latencyMs: number;
}
