import { describe, expect, it } from 'vitest';
import { CallError } from '../../../src/call/errors.ts';
import { SessionError } from '../../../src/gateway/session-error.ts';

const named = (name: string, fields: object): Error => Object.assign(new Error('why'), { name, ...fields });

describe('the error of a call', () => {
  it('has the reason of the error below, and when to try again', () => {
    const cause = new SessionError('full', 'No room.', { retryAfterS: 30 });
    const error = CallError.from(cause);
    expect(error).toMatchObject({ name: 'CallError', reason: 'full', message: 'No room.', retryAfterS: 30, cause });
    expect(error.retryable).toBe(true);
  });

  it.each(['MicrophoneError', 'CallError'])('has the reason of a %s of whichever class', (name) => {
    const cause = named(name, { reason: 'microphone-policy' });
    const error = CallError.from(cause);
    expect(error).toMatchObject({ reason: 'microphone-policy', message: 'why', retryAfterS: null, cause });
    expect(error.retryable).toBe(false);
  });

  it('stays what it is', () => {
    const error = new CallError('timeout', 'Too late.');
    expect(CallError.from(error)).toBe(error);
  });

  it.each([
    ['an error with a reason of its own', named('SessionError', { reason: 'expired' })],
    ['an error of that name without a reason', named('CallError', {})],
    ['an error', new TypeError('why')],
    ['anything else', 'why'],
  ])('is that the browser can not where %s was thrown', (_what, thrown) => {
    const error = CallError.from(thrown);
    expect(error).toMatchObject({ reason: 'unsupported', cause: thrown });
    expect(error.message).toContain('why');
  });
});
