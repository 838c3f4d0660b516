/** How long an owner's texts may be, in every published object. */

import { readLine, readList } from './fields.ts';

/** Characters. */
export const MAX = { label: 60, title: 120, intro: 500, prompt: 120, bubble: 120, placeholder: 80 } as const;
const MAX_PROMPTS = 12;

export function readPrompts(value: unknown): readonly string[] {
  return readList(value, MAX_PROMPTS, (entry) => readLine(entry, MAX.prompt));
}
