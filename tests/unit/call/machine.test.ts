import { describe, expect, it } from 'vitest';
import { CallError } from '../../../src/call/errors.ts';
import { type CallFact, transition } from '../../../src/call/machine.ts';
import { type CallState, IDLE, isActive } from '../../../src/call/state.ts';

const run = (...facts: CallFact[]): CallState => facts.reduce(transition, IDLE as CallState);

const shown: CallFact = { type: 'terms_shown', terms: 'Calls are recorded.' };
const started: CallFact = { type: 'started', stage: 'preparing' };
const created: CallFact = { type: 'created', callId: 'c1' };
const ready: CallFact = { type: 'ready', assistantId: 'a1', assistantName: 'Sam', mode: 'voice', atMs: 1000 };
const speaking: CallFact = { type: 'turn', turn: 'speaking' };
const muted: CallFact = { type: 'muted', muted: true };
const warned: CallFact = { type: 'warned', code: 'silence', atMs: 9000 };
const ending: CallFact = { type: 'ending', reason: 'assistant' };
const ended: CallFact = { type: 'ended', reason: 'visitor', atMs: 4500 };

const states: Record<string, CallState> = {
  idle: IDLE,
  consent: run(shown),
  starting: run(started),
  connecting: run(started, created),
  live: run(started, created, ready),
  ended: run(started, created, ready, ended),
};

describe('the way of a call', () => {
  it.each<[string, CallFact, string]>([
    ['idle', shown, 'consent'],
    ['idle', started, 'starting'],
    ['consent', { type: 'terms_declined' }, 'idle'],
    ['consent', started, 'starting'],
    ['consent', ended, 'ended'],
    ['starting', created, 'connecting'],
    ['starting', ended, 'ended'],
    ['connecting', ready, 'live'],
    ['connecting', ended, 'ended'],
    ['live', ended, 'ended'],
    ['ended', started, 'starting'],
    ['ended', shown, 'consent'],
  ])('%s on %o is %s', (from, fact, to) => {
    expect(transition(states[from]!, fact).name).toBe(to);
  });

  it.each<[string, CallFact]>([
    ['idle', created],
    ['idle', ready],
    ['idle', ended],
    ['idle', speaking],
    ['idle', { type: 'terms_declined' }],
    ['consent', ready],
    ['consent', shown],
    ['starting', ready],
    ['starting', started],
    ['starting', speaking],
    ['connecting', created],
    ['connecting', started],
    ['connecting', muted],
    ['live', ready],
    ['live', started],
    ['live', shown],
    ['live', { type: 'turn', turn: 'listening' }],
    ['live', { type: 'warning_over' }],
    ['live', { type: 'weak', weak: false }],
    ['connecting', { type: 'weak', weak: true }],
    ['ended', ended],
    ['ended', ready],
    ['ended', muted],
  ])('%s stays the same object on a late or repeated %o', (from, fact) => {
    expect(transition(states[from]!, fact)).toBe(states[from]);
  });

  it('carries the call from created to ended', () => {
    expect(states['ended']).toEqual({ name: 'ended', reason: 'visitor', error: null, callId: 'c1', durationMs: 3500 });
  });

  it('has no duration before it was live', () => {
    expect(run(started, created, ended)).toMatchObject({ durationMs: 0, callId: 'c1' });
    expect(run(started, ended)).toMatchObject({ durationMs: 0, callId: null });
  });

  it('keeps the error it ended with', () => {
    const error = new CallError('full', 'No room.');
    expect(run(started, { type: 'ended', reason: 'error', error, atMs: 0 })).toMatchObject({ reason: 'error', error });
  });

  it('shows turn, mute, warning and last words side by side', () => {
    expect(run(started, created, ready, speaking, muted, warned, ending)).toMatchObject({
      turn: 'speaking',
      muted: true,
      warning: { code: 'silence', atMs: 9000 },
      ending: 'assistant',
    });
    expect(run(started, created, ready, warned, { type: 'warning_over' })).toMatchObject({ warning: null });
  });

  it('warns of the longest call whatever the visitor says', () => {
    const almostOver = run(started, created, ready, { type: 'warned', code: 'max_duration', atMs: 9000 });
    expect(transition(almostOver, { type: 'warning_over' })).toBe(almostOver);
  });

  it('shows a line that is weak, and that is fine again', () => {
    const weak = run(started, created, ready, { type: 'weak', weak: true });
    expect(weak).toMatchObject({ name: 'live', weak: true });
    expect(transition(weak, { type: 'weak', weak: false })).toMatchObject({ weak: false });
  });

  it('is active between the first request and the end', () => {
    expect(
      Object.entries(states)
        .filter(([, state]) => isActive(state))
        .map(([name]) => name),
    ).toEqual(['consent', 'starting', 'connecting', 'live']);
  });
});
