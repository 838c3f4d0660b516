import { afterAll, describe, expect } from 'vitest';
import { eachStory, NOT_HERE } from './each-story.ts';
import { strangeLetters } from './fonts.ts';
import { hide, show } from './show.ts';

afterAll(hide);

describe('a story looks as it did', () => {
  eachStory(NOT_HERE ?? strangeLetters(), async (story) => {
    const { stage } = await show(story);
    await expect.element(stage).toMatchScreenshot(story.id, {
      // Letters' edges differ a little from one processor to the next; a moved line is hundreds of pixels.
      comparatorName: 'pixelmatch',
      // Finer than the comparator's own 0.1, which takes a skeleton on its ground for no skeleton.
      comparatorOptions: { allowedMismatchedPixels: 25, threshold: 0.02 },
    });
  });
});
