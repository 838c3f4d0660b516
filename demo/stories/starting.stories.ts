/** Between the press and the assistant. */

import type { Story, StoryMeta } from './story.ts';

export default { title: 'Starting' } satisfies StoryMeta;
export const inOrder = ['Gesture', 'Microphone', 'JustPressed', 'Preparing', 'PreparingLong', 'Connecting'];

export const Gesture: Story = {
  name: 'Wants a press',
  args: { facts: () => [{ type: 'started', stage: 'gesture' }] },
  parameters: { note: 'The page started the call; the browser wants a press for sound.' },
};

export const Microphone: Story = {
  args: { facts: () => [{ type: 'started', stage: 'microphone' }] },
  parameters: { note: 'The browser asks for the microphone at this moment.' },
};

export const JustPressed: Story = {
  args: { facts: () => [{ type: 'started', stage: 'preparing' }], waitedMs: 100 },
  parameters: { note: 'Under 400 ms nothing is said: most starts are over by then.' },
};

export const Preparing: Story = {
  args: { facts: () => [{ type: 'started', stage: 'preparing' }], waitedMs: 500 },
  parameters: { note: 'After 400 ms: that something is going on.' },
};

export const PreparingLong: Story = {
  args: { facts: () => [{ type: 'started', stage: 'preparing' }], waitedMs: 2_100 },
  parameters: { note: 'After 2 s: what is going on.' },
};

export const Connecting: Story = {
  args: {
    facts: () => [
      { type: 'started', stage: 'preparing' },
      { type: 'created', callId: 'call-1' },
    ],
    waitedMs: 2_100,
  },
  parameters: { note: 'The call exists; its line is being opened, and that takes over 2 s.' },
};
