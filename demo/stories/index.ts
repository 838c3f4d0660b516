/** All stories, in the order of the gallery. A new file of stories is a line here. */

import * as availability from './availability.stories.ts';
import * as brands from './brands.stories.ts';
import * as consent from './consent.stories.ts';
import * as ended from './ended.stories.ts';
import * as failures from './failures.stories.ts';
import * as live from './live.stories.ts';
import * as loading from './loading.stories.ts';
import * as modes from './modes.stories.ts';
import * as prompts from './prompts.stories.ts';
import * as ready from './ready.stories.ts';
import * as starting from './starting.stories.ts';
import type { Story, StoryArgs, StoryFile } from './story.ts';
import * as textChat from './text-chat.stories.ts';
import * as texts from './texts.stories.ts';
import { DEFAULT_CONFIG } from '../../src/config/widget-config.ts';

const FILES: readonly StoryFile[] = [
  ready,
  consent,
  starting,
  live,
  ended,
  failures,
  availability,
  loading,
  brands,
  texts,
  prompts,
  textChat,
  modes,
];

const DEFAULT_ARGS: StoryArgs = {
  config: DEFAULT_CONFIG,
  attributes: {},
  facts: () => [],
  lines: [],
  levels: { visitor: 0, assistant: 0 },
  waitedMs: 900,
  fallback: '<a href="tel:+15550100">Call us on 555-0100</a>',
  widthPx: null,
  room: null,
  sameHeight: true,
};

/** A story with everything that its file and the defaults add. */
export interface FullStory {
  /** `live/being-said`: the address in the gallery, and the name of the picture. */
  readonly id: string;
  readonly group: string;
  readonly name: string;
  readonly note: string;
  readonly args: StoryArgs;
  readonly play: NonNullable<Story['play']>;
}

export const STORIES: readonly FullStory[] = FILES.flatMap(({ default: meta, inOrder = [], ...exports }) => {
  const stories = exports as Readonly<Record<string, Story>>;
  return [...new Set([...inOrder, ...Object.keys(stories)])].map((key) => {
    const story = stories[key]!;
    const words = key.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return {
      id: `${slug(meta.title)}/${slug(words)}`,
      group: meta.title,
      name: story.name ?? words,
      note: story.parameters?.note ?? '',
      args: { ...DEFAULT_ARGS, ...meta.args, ...story.args },
      play: story.play ?? (() => {}),
    };
  });
});

function slug(words: string): string {
  return words.toLowerCase().replace(/\W+/g, '-');
}
