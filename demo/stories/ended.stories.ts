/** A call is over, for each reason that is no failure. */

import { ended, SHORT_TALK } from './facts.ts';
import type { Story, StoryMeta } from './story.ts';

export default { title: 'Ended', args: { lines: SHORT_TALK } } satisfies StoryMeta;
export const inOrder = ['ByVisitor', 'ByAssistant', 'AtItsLimit', 'InSilence', 'Replaced', 'Drained', 'WithoutWords'];

export const ByVisitor: Story = { args: { facts: ended('visitor') } };
export const ByAssistant: Story = { args: { facts: ended('assistant') } };
export const AtItsLimit: Story = { args: { facts: ended('max_duration') } };
export const InSilence: Story = { args: { facts: ended('silence') } };
export const Replaced: Story = {
  args: { facts: ended('replaced') },
  parameters: { note: 'The same call goes on in another window.' },
};
export const Drained: Story = {
  args: { facts: ended('drained') },
  parameters: { note: 'The gateway had to close.' },
};
export const WithoutWords: Story = {
  args: { facts: ended('visitor'), lines: [] },
  parameters: { note: 'Nothing was said: thanks in place of captions.' },
};
