/** What the bench measures, as its parts hand it to one another. */

/** The page's main thread stands still this long, this often. */
export interface Jank {
  readonly busyMs: number;
  readonly everyMs: number;
}

/** Of one player in one page; null where it was not measured. */
export interface Figures {
  readonly startMs: number | null;
  readonly gaps: number;
  readonly silenceMs: number;
  readonly lostMs: number;
  readonly repeatedMs: number;
  readonly edges: number;
  readonly lateMs: number | null;
  readonly flushMs: number | null;
  readonly upP50Ms: number | null;
  readonly upP95Ms: number | null;
  readonly upP99Ms: number | null;
  readonly upMaxMs: number | null;
  readonly upLostMs: number | null;
  readonly upFrameMs: number | null;
  /** Of speech that was sent, for figures a minute. */
  readonly speechMs: number;
  /** By how much the server's latest frame, or the sound graph's latest block, was late: the machine's doing. */
  readonly disturbedMs: number;
}

export interface Cost {
  readonly resamplers: readonly { readonly name: string; readonly msPerS: number }[];
  /** Of the work for 128 samples, as a part of the time they last at 48 kHz. */
  readonly blocks: readonly { readonly name: string; readonly p50Share: number; readonly p99Share: number }[];
}
