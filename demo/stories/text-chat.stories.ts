/** A call in writing. */

import { DEFAULT_CONFIG } from '../../src/config/widget-config.ts';
import type { CallFact } from '../../src/call/machine.ts';
import { connected, LONG_TALK, SHORT_TALK } from './facts.ts';
import type { Story, StoryMeta } from './story.ts';

export default { title: 'Text chat', args: { config: { ...DEFAULT_CONFIG, kind: 'text' } } } satisfies StoryMeta;

export const inOrder = ['Ready', 'Waiting', 'Thinking', 'Answered', 'Long', 'Ended'];

function chat(...more: readonly CallFact[]): (nowMs: number) => CallFact[] {
  return (nowMs) => [{ type: 'started', stage: 'preparing' }, ...connected(nowMs - 42_000, { mode: 'text' }), ...more];
}

export const Ready: Story = { parameters: { note: 'No word of a microphone.' } };
export const Waiting: Story = {
  args: { facts: chat(), lines: SHORT_TALK.slice(0, 1) },
  parameters: { note: 'The visitor’s turn: there is somewhere to write.' },
};
export const Thinking: Story = {
  args: { facts: chat({ type: 'turn', turn: 'thinking' }), lines: SHORT_TALK.slice(0, 2) },
};
export const Answered: Story = { args: { facts: chat(), lines: SHORT_TALK } };
export const Long: Story = { args: { facts: chat(), lines: LONG_TALK } };
export const Ended: Story = {
  args: { facts: (nowMs) => [...chat()(nowMs), { type: 'ended', reason: 'visitor', atMs: nowMs }], lines: SHORT_TALK },
};
