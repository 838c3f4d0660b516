import { describe, expect, it } from 'vitest';
import { readMessage, readStart } from '../../../../src/platform/voice/client-messages.ts';
import { GarbageError } from '../../../../src/protocol/codec.ts';

const start = {
  type: 'start',
  version: 1,
  call_id: 'c',
  assistant_id: 'a',
  mode: 'voice',
  audio: { up: [], down: [] },
};

describe('readMessage', () => {
  it.each([
    { type: 'ack', received_ms: 20, played_ms: 0, turn_id: 't1', done: true },
    { type: 'text', id: 'x', text: 'hello' },
    { type: 'context', text: 'the cart holds two items' },
    { type: 'interrupt', turn_id: 't1', played_ms: 120 },
    { type: 'mode', mode: 'text' },
    { type: 'mute', muted: true },
    { type: 'tool_result', id: 'x', result: { any: 1 }, is_error: false },
    { type: 'feedback', rating: 5, comment: 'good' },
    { type: 'ping', t: 1, received: 0 },
    { type: 'end', reason: 'visitor' },
  ])('takes %j', (message) => {
    expect(readMessage(JSON.stringify(message))).toEqual({ type: message.type, kind: 'message', message });
  });

  it.each([
    { type: 'ack', received_ms: -1, played_ms: 0 },
    { type: 'ack', received_ms: '20', played_ms: 0 },
    { type: 'text', id: 'x', text: ' ' },
    { type: 'text', id: '', text: 'x' },
    { type: 'context', text: 'x'.repeat(8192) },
    { type: 'mode', mode: 'sing' },
    { type: 'feedback', rating: 6 },
    { type: 'feedback', rating: 2.5 },
  ])('takes no %j', (message) => {
    expect(readMessage(JSON.stringify(message))).toMatchObject({ type: message.type, kind: 'bad' });
  });

  it('does not repeat what somebody said when it complains', () => {
    const reading = readMessage(JSON.stringify({ type: 'text', id: 7, text: 'my card number is 1234' }));
    expect(reading).toMatchObject({ kind: 'bad', problem: 'text: check id' });
  });

  it('lets other types and fields through', () => {
    expect(readMessage('{"type":"dance","steps":3}')).toEqual({ type: 'dance', kind: 'unknown' });
    expect(readMessage('{"type":"toString"}')).toEqual({ type: 'toString', kind: 'unknown' });
    expect(readMessage('{"type":"mute","muted":true,"why":"phone"}')).toMatchObject({ message: { muted: true } });
  });

  it.each(['', 'hello', '[]', '7', 'null', '{}', '{"type":1}'])('takes %j for garbage', (frame) => {
    expect(() => readMessage(frame)).toThrow(GarbageError);
  });
});

describe('readStart', () => {
  it('takes a start', () => {
    expect(readStart(JSON.stringify({ ...start, future: true }))).toEqual({ kind: 'start', start });
  });

  it('sees another version before anything else', () => {
    expect(readStart('{"type":"start","version":2}')).toEqual({ kind: 'version' });
  });

  it('names what is wrong', () => {
    expect(readStart(JSON.stringify({ ...start, mode: 'sing' }))).toEqual({
      kind: 'bad',
      problem: 'start: check mode',
    });
    expect(readStart(JSON.stringify({ ...start, metadata: { a: 'x'.repeat(9000) } }))).toMatchObject({ kind: 'bad' });
  });
});
