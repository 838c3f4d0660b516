/** A test for each story; where they can't be looked at, one that says why not. */

import { it } from 'vitest';
import { server } from 'vitest/browser';
import { type FullStory, STORIES } from '../../../demo/stories/index.ts';

/** What Chromium finds wrong with a card is wrong with it: the other engines' time is for how they differ. */
export const NOT_HERE = server.browser === 'chromium' ? null : 'stories are looked at once, in Chromium';

/** @param reason why they can't be looked at here; null where they can */
export function eachStory(reason: string | null, look: (story: FullStory) => Promise<void>): void {
  if (reason) it(`all ${STORIES.length} stories`, (test) => test.skip(reason));
  else it.each(STORIES.map((story) => [story.id, story] as const))('%s', (_, story) => look(story));
}
