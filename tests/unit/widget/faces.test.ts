import { describe, expect, it } from 'vitest';
import { CALL_ERROR_REASONS, CallError } from '../../../src/call/errors.ts';
import { type CallState, IDLE, type LiveState } from '../../../src/call/state.ts';
import { DEFAULT_CONFIG } from '../../../src/config/widget-config.ts';
import type { Situation } from '../../../src/widget/face.ts';
import { clock, faceOf } from '../../../src/widget/faces.ts';
import { en } from '../../../src/widget/text/en.ts';

const LIVE: LiveState = {
  name: 'live',
  callId: 'c',
  assistantId: 'a',
  assistantName: 'Northwind Catering',
  mode: 'voice',
  turn: 'listening',
  muted: false,
  weak: false,
  sinceMs: 1_000,
  warning: null,
  ending: null,
};

function show(more: Partial<Situation>) {
  const calm: Situation = {
    config: DEFAULT_CONFIG,
    appearance: {
      displayMode: 'card',
      position: 'bottom-right',
      themeMode: 'light',
      texts: { ...DEFAULT_CONFIG.texts, ...more.config?.texts },
      recording: false,
      theme: '',
    },
    failure: null,
    online: true,
    call: IDLE,
    patience: 0,
    nowMs: 43_000,
    endedAtMs: 43_000,
  };
  return faceOf({ ...calm, ...more }, en);
}

const failedWith = (error: CallError): CallState => ({
  name: 'ended',
  reason: 'error',
  error,
  callId: null,
  durationMs: 0,
});

describe('faceOf', () => {
  it.each<[string, Partial<Situation>, string, string | null, string]>([
    ['loading', { config: null }, 'Loading', null, ''],
    ['ready', {}, 'Ready when you are', 'start', 'Start call'],
    [
      "the owner's label",
      { config: { ...DEFAULT_CONFIG, texts: { ...DEFAULT_CONFIG.texts, startLabel: 'Go' } } },
      'Ready when you are',
      'start',
      'Go',
    ],
    ['paused', { config: { ...DEFAULT_CONFIG, availability: 'paused' } }, 'Taking a break', null, ''],
    ['draft', { config: { ...DEFAULT_CONFIG, availability: 'draft' } }, 'Not ready yet', null, ''],
    ['terms', { call: { name: 'consent', terms: 'T' } }, 'Before we talk', 'agree', 'Agree and start'],
    ['a click', { call: { name: 'starting', stage: 'gesture' } }, 'One press to go', 'gesture', en.press],
    ['the microphone', { call: { name: 'starting', stage: 'microphone' } }, 'Allow the microphone', 'end', 'Cancel'],
    ['a short wait', { call: { name: 'connecting', callId: 'c' } }, '', 'end', 'Cancel'],
    ['a wait', { call: { name: 'connecting', callId: 'c' }, patience: 1 }, 'Connecting…', 'end', 'Cancel'],
    ['listening', { call: LIVE }, 'Listening', 'end', 'End call'],
    ['thinking', { call: { ...LIVE, turn: 'thinking' } }, 'Thinking', 'end', 'End call'],
    ['speaking', { call: { ...LIVE, turn: 'speaking' } }, 'Speaking', 'end', 'End call'],
    ['muted', { call: { ...LIVE, muted: true } }, 'You are muted', 'end', 'End call'],
    [
      'silence',
      { call: { ...LIVE, warning: { code: 'silence', atMs: 52_400 } } },
      'Still there? Ends in 10 seconds.',
      'end',
      'End call',
    ],
    ['goodbye', { call: { ...LIVE, ending: 'assistant' } }, 'Saying goodbye', 'end', 'End call'],
    [
      "the owner's end",
      { call: LIVE, config: { ...DEFAULT_CONFIG, texts: { ...DEFAULT_CONFIG.texts, endLabel: 'Bye' } } },
      'Listening',
      'end',
      'Bye',
    ],
  ])('has words and a button for %s', (_, situation, title, action, label) => {
    const face = show(situation);
    expect([face.title, face.action, face.label]).toEqual([title, action, label]);
  });

  it('explains a wait once it is long', () => {
    const call: CallState = { name: 'starting', stage: 'preparing' };
    expect([0, 1, 2].map((patience) => show({ call, patience }).help)).toEqual(['', '', 'Preparing the call']);
  });

  it.each(CALL_ERROR_REASONS)('says what is the matter and what to do when a call fails with %s', (reason) => {
    const error = new CallError(reason, 'for developers');
    const face = show({ call: failedWith(error) });
    expect(face.title).toMatch(/\S/);
    expect(face.help).toMatch(/\.$/);
    expect(face.announce).toBe(`${face.title}. ${face.help}`);
    expect(`${face.title} ${face.help}`).not.toContain('for developers');
    expect(face.action).toBe(error.retryable ? 'start' : reason.startsWith('microphone') ? 'type' : null);
    expect(face.fallback).toBe(true);
  });

  it('loads the config again, where that is what failed', () => {
    expect(show({ config: null, failure: new CallError('unreachable', '') }).action).toBe('reload');
    expect(show({ config: null, failure: new CallError('widget-unknown', '') }).action).toBeNull();
  });

  it('counts down to another try when all lines are busy', () => {
    const call = failedWith(new CallError('full', '', { retryAfterS: 20 }));
    expect(show({ call, nowMs: 45_000 }).help).toBe('Please try again in 18 seconds.');
    expect(show({ call, nowMs: 64_000 }).help).toBe('Please try again in a moment.');
  });

  it.each(['visitor', 'assistant', 'max_duration', 'silence', 'replaced', 'drained', 'page'] as const)(
    'says how a call ended (%s), how long it was, and offers another',
    (reason) => {
      const face = show({ call: { name: 'ended', reason, error: null, callId: 'c', durationMs: 61_000 } });
      expect(face).toMatchObject({ title: en.ended[reason][0], clock: '1:01', action: 'start', label: 'Call again' });
    },
  );

  it('is ready again when the visitor cancelled before anybody answered', () => {
    const face = show({ call: { name: 'ended', reason: 'visitor', error: null, callId: null, durationMs: 0 } });
    expect(face.title).toBe('Ready when you are');
  });

  it('has terms of its own where the owner wrote none', () => {
    expect(show({ call: { name: 'consent', terms: ' ' } }).terms).toBe(en.defaultTerms);
    expect(show({ call: { name: 'consent', terms: 'Ours.' } }).terms).toBe('Ours.');
  });

  it('announces nothing that counts or takes turns', () => {
    const warning = { code: 'max_duration', atMs: 52_000 } as const;
    const announced = (call: LiveState, nowMs: number) => show({ call, nowMs }).announce;
    expect(announced(LIVE, 43_000)).toBe(announced({ ...LIVE, turn: 'speaking' }, 44_000));
    expect(announced({ ...LIVE, warning }, 43_000)).toBe(announced({ ...LIVE, warning }, 44_000));
    expect(announced({ ...LIVE, warning }, 43_000)).not.toBe(announced(LIVE, 43_000));
  });
});

describe('clock', () => {
  it.each([
    [-5, '0:00'],
    [0, '0:00'],
    [42_999, '0:42'],
    [600_000, '10:00'],
    [3_661_000, '1:01:01'],
  ])('shows %d ms as %s', (ms, shown) => {
    expect(clock(ms, 'en')).toBe(shown);
  });
});
