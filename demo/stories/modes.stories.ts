/** How the card stands on a page: behind a launcher, or as the whole window. */

import { DEFAULT_CONFIG, type Position, type WidgetConfig } from '../../src/config/widget-config.ts';
import { live, SHORT_TALK } from './facts.ts';
import type { Story, StoryArgs, StoryMeta } from './story.ts';

const DESK = { widthPx: 640, heightPx: 640 };
const PHONE = { widthPx: 390, heightPx: 760 };

export default { title: 'Modes', args: { room: DESK, sameHeight: false } } satisfies StoryMeta;

export const inOrder = [
  'Launcher',
  'Labelled',
  'Bubble',
  'Open',
  'OpenLive',
  'LauncherLive',
  'TopLeft',
  'Sheet',
  'Fullscreen',
  'FullscreenPhone',
];

function floating(config: Partial<WidgetConfig>, more: Partial<StoryArgs> = {}): Partial<StoryArgs> {
  return { config: { ...DEFAULT_CONFIG, displayMode: 'fab', ...config }, ...more };
}

function at(position: Position): Partial<WidgetConfig> {
  return { position, texts: { ...DEFAULT_CONFIG.texts, launcherLabel: 'Ask the kitchen' } };
}

const LIVE = {
  facts: live({ type: 'turn', turn: 'speaking' }),
  lines: SHORT_TALK,
  levels: { visitor: 0, assistant: 0.9 },
} satisfies Partial<StoryArgs>;

export const Launcher: Story = {
  args: floating({ showLabel: false }),
  parameters: { note: 'One round button, 56 px.' },
};
export const Labelled: Story = {
  args: floating(at('bottom-right')),
  parameters: { note: 'A pill with the owner’s words.' },
};
export const Bubble: Story = {
  args: floating({ texts: { ...DEFAULT_CONFIG.texts, bubble: 'Questions about Sunday brunch? Ask us.' } }),
  parameters: { note: 'The owner’s bubble beside the launcher, which can be dismissed.' },
};
export const Open: Story = {
  args: floating({}, { attributes: { opened: '' } }),
  parameters: { note: 'The card that the launcher opens.' },
};
export const OpenLive: Story = {
  name: 'Open, in a call',
  args: floating({}, { ...LIVE, attributes: { opened: '' } }),
};
export const LauncherLive: Story = {
  name: 'Minimised, in a call',
  args: floating({}, LIVE),
  parameters: { note: 'The launcher tells how long the call is, and can end it.' },
};
export const TopLeft: Story = {
  args: floating(at('top-left'), { attributes: { opened: '' } }),
  parameters: { note: 'Left and right are the window’s, in every direction of writing.' },
};
export const Sheet: Story = {
  args: floating({}, { ...LIVE, attributes: { opened: '' }, room: PHONE }),
  parameters: { note: 'On a small window the card is a sheet over the page.' },
};
export const Fullscreen: Story = {
  args: floating({ displayMode: 'fullscreen' }, LIVE),
  parameters: { note: 'The card is the window.' },
};
export const FullscreenPhone: Story = {
  name: 'Fullscreen, on a phone',
  args: floating({ displayMode: 'fullscreen' }, { room: PHONE }),
};
