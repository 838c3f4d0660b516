/** The card waits to be used. */

import { DEFAULT_CONFIG } from '../../src/config/widget-config.ts';
import type { Story, StoryMeta } from './story.ts';

export default { title: 'Ready' } satisfies StoryMeta;
export const inOrder = ['Plain', 'Titled', 'WithTerms', 'Focused'];

export const Plain: Story = {
  parameters: { note: 'The first thing that a visitor sees: what it is, what will happen, and one button.' },
};

export const Titled: Story = {
  args: {
    config: {
      ...DEFAULT_CONFIG,
      texts: { ...DEFAULT_CONFIG.texts, title: 'Talk to our kitchen', startLabel: 'Ask about catering' },
    },
  },
  parameters: { note: 'With the owner’s own line at the top, and the owner’s word on the button.' },
};

export const WithTerms: Story = {
  args: { config: { ...DEFAULT_CONFIG, terms: 'We record the call.' } },
  parameters: { note: 'Says beforehand that terms will be shown.' },
};

export const Focused: Story = {
  parameters: { note: 'The keyboard is on the button: the outline stands clear of it, and reads on both sides.' },
  play: ({ canvasElement }) => canvasElement.shadowRoot!.querySelector<HTMLElement>('.primary')!.focus(),
};
