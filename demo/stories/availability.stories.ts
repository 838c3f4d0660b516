/** A widget that takes no calls. */

import { DEFAULT_CONFIG } from '../../src/config/widget-config.ts';
import type { Story, StoryMeta } from './story.ts';

export default { title: 'Availability' } satisfies StoryMeta;

export const Paused: Story = {
  args: { config: { ...DEFAULT_CONFIG, availability: 'paused' } },
  parameters: { note: 'Its owner has paused it.' },
};
export const Draft: Story = {
  args: { config: { ...DEFAULT_CONFIG, availability: 'draft' } },
  parameters: { note: 'Its owner is still setting it up.' },
};
export const OtherChannel: Story = {
  args: { config: { ...DEFAULT_CONFIG, kind: 'elsewhere' } },
  parameters: { note: 'It answers a telephone or a messenger, not the web.' },
};
