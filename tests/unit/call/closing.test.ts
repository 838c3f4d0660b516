import { describe, expect, it } from 'vitest';
import { brokenLine } from '../../../src/call/broken-line.ts';
import { outcomeOf } from '../../../src/call/closing.ts';

describe('a closed socket', () => {
  it.each([
    [1000, '', true, { reason: 'assistant' }],
    [1000, '', false, { error: { reason: 'gateway-refused' } }],
    [1001, '', true, { error: { reason: 'connection-lost' } }],
    [1006, '', true, { error: { reason: 'connection-lost' } }],
    [1006, '', false, { error: { reason: 'unreachable' } }],
    [1006, 'not ready in time', false, { error: { reason: 'timeout' } }],
    [1011, '', false, { error: { reason: 'unreachable' } }],
    [1007, '', true, { error: { reason: 'protocol' } }],
    [1008, 'origin not allowed', false, { error: { reason: 'origin-refused' } }],
    [1008, 'call unknown', false, { error: { reason: 'gateway-refused' } }],
    [1009, '', true, { error: { reason: 'protocol' } }],
    [1013, '', false, { error: { reason: 'full' } }],
    [4000, 'paused', false, { error: { reason: 'paused' } }],
    [4000, 'draft', false, { error: { reason: 'draft' } }],
    [4001, '', true, { reason: 'replaced' }],
    [4002, '', false, { error: { reason: 'protocol' } }],
    [4003, '', true, { error: { reason: 'protocol' } }],
    [4004, '', false, { error: { reason: 'terms-declined' } }],
  ])('with %i %s (ready: %s) means %o', (code, reason, ready, outcome) => {
    const closed = { code, reason, ready };
    expect(outcomeOf(closed, null) ?? { error: brokenLine(closed) }).toMatchObject(outcome);
  });

  it('in good order after an announced error is an error all the same', () => {
    expect(outcomeOf({ code: 1000, reason: 'error', ready: true }, 'error')).toMatchObject({
      error: { reason: 'platform-error' },
    });
  });

  it.each([1001, 1006, 1011, 1012, 3000])('with %i is none of the gateway, but of the line', (code) => {
    expect(outcomeOf({ code, reason: '', ready: true }, 'error')).toBeNull();
  });
});
