/** Who can sum up a call in words of their own: a language model, say. */

import type { Turn } from './turns.ts';

export interface SummaryRequest {
  readonly turns: readonly Turn[];
  /** What to write in, by name or tag. */
  readonly language: string;
  /** The assistant's own settings; null where it has none. */
  readonly model: string | null;
  readonly temperature: number | null;
  readonly maxTokens: number | null;
}

export interface Summariser {
  /** A few sentences of plain text, never empty. @throws where there are none to be had, soon */
  summarise(request: SummaryRequest): Promise<string>;
}
