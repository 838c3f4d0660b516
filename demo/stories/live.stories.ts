/** A call under way. */

import { live, LONG_TALK, said, SHORT_TALK } from './facts.ts';
import type { Story, StoryMeta } from './story.ts';

export default { title: 'Live' } satisfies StoryMeta;
export const inOrder = [
  'Listening',
  'Thinking',
  'Speaking',
  'Interim',
  'BothSpeak',
  'LongTalk',
  'Muted',
  'TimeNearlyUp',
  'StillThere',
  'SayingGoodbye',
];

const VISITOR = { visitor: 0.9, assistant: 0 };
const ASSISTANT = { visitor: 0, assistant: 0.9 };

export const Listening: Story = {
  args: { facts: live(), levels: VISITOR },
  parameters: { note: 'Nothing was said yet: a line of help in place of captions.' },
};

export const Thinking: Story = {
  args: { facts: live({ type: 'turn', turn: 'thinking' }), lines: SHORT_TALK.slice(0, 2) },
  parameters: { note: 'The visitor has asked; nobody is heard. No spinner.' },
};

export const Speaking: Story = {
  args: { facts: live({ type: 'turn', turn: 'speaking' }), lines: SHORT_TALK, levels: ASSISTANT },
  parameters: { note: 'The assistant’s side of the level moves, in the owner’s colour.' },
};

export const Interim: Story = {
  name: 'Being said',
  args: {
    facts: live(),
    lines: said(['Hello, this is Northwind Catering. How can I help you?', 'Can you cater for fifty'], false),
    levels: VISITOR,
  },
  parameters: { note: 'Words that may still change are lighter.' },
};

export const BothSpeak: Story = {
  args: {
    facts: live({ type: 'turn', turn: 'speaking' }),
    lines: SHORT_TALK,
    levels: { visitor: 0.6, assistant: 0.8 },
  },
  parameters: { note: 'The visitor talks into the assistant’s answer.' },
};

export const LongTalk: Story = {
  args: { facts: live({ type: 'turn', turn: 'speaking' }), lines: LONG_TALK, levels: ASSISTANT },
  parameters: { note: 'The newest words are in sight; the rest by scrolling.' },
};

export const Muted: Story = {
  args: { facts: live({ type: 'muted', muted: true }), lines: SHORT_TALK },
  parameters: { note: 'The switch is pressed, and the title says so.' },
};

export const TimeNearlyUp: Story = {
  args: {
    facts: (nowMs) => live({ type: 'warned', code: 'max_duration', atMs: nowMs + 29_500 })(nowMs),
    lines: SHORT_TALK,
    levels: VISITOR,
  },
  parameters: { note: 'The call will reach its time limit.' },
};

export const StillThere: Story = {
  args: { facts: (nowMs) => live({ type: 'warned', code: 'silence', atMs: nowMs + 9_500 })(nowMs) },
  parameters: { note: 'Nobody has said anything for a while.' },
};

export const SayingGoodbye: Story = {
  args: { facts: live({ type: 'ending', reason: 'assistant' }), lines: SHORT_TALK, levels: ASSISTANT },
  parameters: { note: 'The assistant’s last words are being heard.' },
};
