/** What happens to the calls of stories, and what is said in them. */

import type { TranscriptLine } from '../../src/call/call.ts';
import type { CallError } from '../../src/call/errors.ts';
import type { CallFact } from '../../src/call/machine.ts';
import type { EndReason } from '../../src/call/state.ts';

type Ready = Extract<CallFact, { type: 'ready' }>;

const TALKED_MS = 42_000;

/** From a started call to a live one. */
export function connected(atMs: number, ready: Partial<Ready> = {}): CallFact[] {
  return [
    { type: 'created', callId: 'call-1' },
    {
      type: 'ready',
      assistantId: 'assistant-1',
      assistantName: 'Northwind Assistant',
      mode: 'voice',
      atMs,
      ...ready,
    },
  ];
}

/** A call that has been live for 0:42, and then `more`. */
export function live(...more: readonly CallFact[]): (nowMs: number) => CallFact[] {
  return (nowMs) => [{ type: 'started', stage: 'preparing' }, ...connected(nowMs - TALKED_MS), ...more];
}

/** A call of 0:42 that has just ended. */
export function ended(reason: EndReason): (nowMs: number) => CallFact[] {
  return (nowMs) => [...live()(nowMs), { type: 'ended', reason, atMs: nowMs }];
}

/** A start that came to nothing. */
export function failed(error: CallError): (nowMs: number) => CallFact[] {
  return (nowMs) => [
    { type: 'started', stage: 'preparing' },
    { type: 'ended', reason: 'error', error, atMs: nowMs },
  ];
}

/** A live call that broke. */
export function broken(error: CallError): (nowMs: number) => CallFact[] {
  return (nowMs) => [...live()(nowMs), { type: 'ended', reason: 'error', error, atMs: nowMs }];
}

/** Lines of a conversation, the assistant's first; the last one may still be on its way. */
export function said(texts: readonly string[], lastFinal = true): TranscriptLine[] {
  return texts.map((text, at) => ({
    id: `${at}`,
    role: at % 2 ? 'user' : 'assistant',
    text,
    final: lastFinal || at < texts.length - 1,
  }));
}

const TALK = [
  'Hello, this is Northwind Catering. How can I help you?',
  'What is on the menu on Sundays?',
  'On Sundays we serve brunch from nine to two: shakshuka, pancakes, smoked salmon on rye and a harvest bowl.',
  'How much is the brunch table?',
  'The brunch table costs 24 dollars a person, with coffee and juice. Children under twelve pay 12 dollars.',
  'And do you have vegan dishes?',
  'The harvest bowl is vegan. Every other dish can be made without animal products if you tell us a day ahead.',
];

export const SHORT_TALK = said(TALK.slice(0, 3));
export const LONG_TALK = said(TALK);
