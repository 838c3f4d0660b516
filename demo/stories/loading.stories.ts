/** Before the owner's settings are here, and where they never come. */

import { CallError } from '../../src/call/errors.ts';
import type { Story, StoryMeta } from './story.ts';

export default { title: 'Loading' } satisfies StoryMeta;
export const inOrder = ['Skeleton', 'Unreachable', 'Unknown'];

export const Skeleton: Story = {
  args: { config: null },
  parameters: { note: 'As large as the card that will come; nothing moves.' },
};
export const Unreachable: Story = {
  args: { config: new CallError('unreachable', 'A story.') },
  parameters: { note: 'The settings could not be fetched: another try, and another way to reach somebody.' },
};
export const Unknown: Story = {
  args: { config: new CallError('widget-unknown', 'A story.') },
  parameters: { note: 'No such widget: nothing to try again.' },
};
