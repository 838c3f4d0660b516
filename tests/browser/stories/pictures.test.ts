import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { STORIES } from '../../../demo/stories/index.ts';
import { cannot } from '../engine.ts';
import { strangeLetters } from './fonts.ts';
import { hide, show } from './show.ts';

const NO_PICTURES = 'the pictures were taken in Chromium';

beforeEach((test) => {
  cannot(test, { firefox: NO_PICTURES, webkit: NO_PICTURES });
  const reason = strangeLetters();
  if (reason) test.skip(reason);
});

afterAll(hide);

describe('a story looks as it did', () => {
  it.each(STORIES.map((story) => [story.id, story] as const))('%s', async (id, story) => {
    const { stage } = await show(story);
    await expect.element(stage).toMatchScreenshot(id, {
      // Letters' edges differ a little from one processor to the next; a moved line is hundreds of pixels.
      comparatorName: 'pixelmatch',
      comparatorOptions: { allowedMismatchedPixels: 25 },
    });
  });
});
