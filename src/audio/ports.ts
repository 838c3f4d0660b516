/** What the page and the sound graph's two processors say to each other. The sound itself takes other ports. */

/** Both processors get their end of the channel to the socket this way, and are let go this way. */
export type ToProcessor = { readonly type: 'port'; readonly port: MessagePort } | { readonly type: 'close' };

export type ToCapture = ToProcessor | { readonly type: 'mute'; readonly muted: boolean };

export type ToPlayout =
  | ToProcessor
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

export type FromCapture = LevelReport | ClosedReport;

/** What is heard from now on: a turn, or none. */
export type FromPlayout = LevelReport | ClosedReport | { readonly type: 'audible'; readonly turnId: string | null };
