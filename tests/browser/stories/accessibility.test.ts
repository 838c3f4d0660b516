import axe from 'axe-core';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { STORIES } from '../../../demo/stories/index.ts';
import { eachStory, NOT_HERE } from './each-story.ts';
import { hide, show } from './show.ts';

const VIEWINGS = (['card', 'fab', 'fullscreen'] as const).flatMap((displayMode) =>
  (['light', 'dark'] as const).flatMap((themeMode) =>
    (['ltr', 'rtl'] as const).map((direction) => [displayMode, themeMode, direction] as const),
  ),
);

const OPTIONS: axe.RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
  rules: {
    // Rules about a whole page, which is its owner's: a card is a part of one.
    'landmark-one-main': { enabled: false },
    'page-has-heading-one': { enabled: false },
    region: { enabled: false },
    bypass: { enabled: false },
    'document-title': { enabled: false },
    'html-has-lang': { enabled: false },
  },
};

afterAll(hide);

async function objections(stage: HTMLElement): Promise<string[]> {
  vi.useRealTimers(); // axe waits by them
  const { violations } = await axe.run(stage, OPTIONS);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary}`),
  );
}

describe.each(VIEWINGS)('axe objects to nothing: %s, %s, %s', (displayMode, themeMode, direction) => {
  eachStory(NOT_HERE, async (story) => {
    const { stage } = await show(story, { displayMode, themeMode, direction });
    expect(await objections(stage)).toEqual([]);
  });
});

describe('axe', () => {
  it('sees into the card', async (test) => {
    if (NOT_HERE) test.skip(NOT_HERE);
    const { stage, card } = await show(STORIES[0]!);
    const button = document.createElement('button');
    button.style.color = '#ccc';
    button.style.background = 'white';
    card!.append(button);
    const empty = await objections(stage);
    button.textContent = 'Read me';
    const pale = await objections(stage);
    expect([empty.length, pale.length]).toEqual([1, 1]);
    expect([empty[0], pale[0]]).toEqual([
      expect.stringMatching(/^button-name: story-widget .*button:/),
      expect.stringMatching(/^color-contrast: story-widget .*button:/),
    ]);
  });
});
