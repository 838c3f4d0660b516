/** Owners' looks: a few published fields, and a card that holds together. */

import { CallError } from '../../src/call/errors.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { failed, live, SHORT_TALK } from './facts.ts';
import type { Story, StoryMeta } from './story.ts';

export default {
  title: 'Brands',
  args: {
    facts: live({ type: 'turn', turn: 'speaking' }),
    lines: SHORT_TALK,
    levels: { visitor: 0.3, assistant: 0.9 },
  },
} satisfies StoryMeta;
export const inOrder = [
  'Clay',
  'Dark',
  'DarkReady',
  'DarkFailed',
  'Square',
  'Round',
  'RoundReady',
  'LowContrast',
  'PaleButton',
];

const DARK = {
  background_color: '#0b1220',
  text_color: '#e8edf6',
  button_color: '#7dd3fc',
  button_text_color: '#082f49',
  border_color: '#24314a',
  focus_outline_color: '#fde047',
};

/** A dark palette is shown where dark is asked for. */
const DARK_PAGE = { 'theme-mode': 'dark' };

export const Clay: Story = {
  args: {
    config: readConfig({
      background_color: '#fffaf3',
      text_color: '#3b2a1f',
      button_color: '#9a3412',
      button_text_color: '#fff7ed',
      border_color: '#ecdcc8',
      focus_outline_color: '#c2410c',
      card_radius: 20,
      button_radius: 999,
      call_to_action: 'Talk to the bakery',
    }),
  },
  parameters: { note: 'Warm and round.' },
};
export const Dark: Story = {
  args: { config: readConfig(DARK), attributes: DARK_PAGE },
  parameters: { note: 'The owner’s own palette is dark.' },
};
export const DarkReady: Story = {
  args: { config: readConfig(DARK), attributes: DARK_PAGE, facts: () => [], lines: [] },
};
export const DarkFailed: Story = {
  args: {
    config: readConfig(DARK),
    attributes: DARK_PAGE,
    facts: failed(new CallError('microphone-denied', 'A story.')),
    lines: [],
  },
  parameters: { note: 'What the page put into the card can be read on the owner’s ground, too.' },
};
export const Square: Story = {
  args: { config: readConfig({ card_radius: 0, button_radius: 0, button_color: '#111827' }) },
  parameters: { note: 'No radius at all.' },
};
export const Round: Story = {
  args: { config: readConfig({ card_radius: 64, button_radius: 64, button_color: '#be185d' }) },
  parameters: { note: 'The largest radii: no word or control may touch a corner.' },
};
export const RoundReady: Story = {
  args: {
    config: readConfig({ card_radius: 64, button_radius: 64, button_color: '#be185d' }),
    facts: () => [],
    lines: [],
  },
};
export const LowContrast: Story = {
  args: {
    config: readConfig({
      background_color: '#fef9c3',
      text_color: '#fde68a',
      button_color: '#fef08a',
      button_text_color: '#fef9c3',
      border_color: '#fef3c7',
      focus_outline_color: '#fef9c3',
    }),
  },
  parameters: { note: 'What nobody could read is made legible; the owner’s grounds stay.' },
};
export const PaleButton: Story = {
  args: {
    config: readConfig({ button_color: '#fde68a', button_text_color: '#1f2937' }),
    facts: () => [],
    lines: [],
  },
  parameters: { note: 'A button hardly darker than the card: its words carry it.' },
};
