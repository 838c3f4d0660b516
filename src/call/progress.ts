/** How far a start has come, for whoever measures it. States (`state.ts`) are for whoever draws it. */

/** Each is reached once a call at most, and those that run side by side in any order. docs/events.md says what they mean. */
export const PROGRESS_STAGES = ['code', 'microphone', 'speaker', 'worker', 'created', 'ready', 'first-audio'] as const;

export type ProgressStage = (typeof PROGRESS_STAGES)[number];

export interface CallProgress {
  readonly stage: ProgressStage;
  /** Since the start, or since the click that it had to wait for (to terms, or for sound); in whole ms. */
  readonly ms: number;
}
