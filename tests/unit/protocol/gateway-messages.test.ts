import { describe, expect, it } from 'vitest';
import { GarbageError } from '../../../src/protocol/codec.ts';
import { readGatewayMessage } from '../../../src/protocol/gateway-messages.ts';
import type { GatewayMessage } from '../../../src/protocol/messages.ts';

const pcm = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 } as const;

const MESSAGES: GatewayMessage[] = [
  {
    type: 'ready',
    version: 1,
    call_id: 'c',
    resume_token: 't',
    received: 0,
    audio: { up: pcm, down: pcm },
    assistant: { name: 'Nora', language: 'en' },
    limits: { max_duration_s: 600, silence_s: 30 },
  },
  { type: 'turn_start', turn_id: 't', at_ms: 0 },
  { type: 'turn_end', turn_id: 't' },
  { type: 'clear', turn_id: 't', reason: 'barge_in' },
  { type: 'speech', active: true, at_ms: 0 },
  { type: 'transcript', id: 'x', role: 'user', text: 'Hi', final: true, at_ms: 0 },
  { type: 'state', state: 'thinking' },
  { type: 'tool_call', id: 'x', name: 'navigate', arguments: {} },
  { type: 'warning', code: 'silence', in_s: 10 },
  { type: 'ack', received: 3 },
  { type: 'pong', t: 1, received: 3 },
  { type: 'error', code: 'internal', message: 'no', fatal: true },
  { type: 'end', reason: 'assistant' },
];

const read = (message: unknown): GatewayMessage | null => readGatewayMessage(JSON.stringify(message));

describe('readGatewayMessage', () => {
  it.each(MESSAGES)('reads $type, and leaves fields alone that it does not know', (message) => {
    expect(read(message)).toEqual(message);
    expect(read({ ...message, later: { version: 2 } })).toMatchObject(message);
  });

  it('reads a ready without audio, for text', () => {
    expect(read({ ...MESSAGES[0], audio: null })).toMatchObject({ type: 'ready', audio: null });
  });

  const fields = MESSAGES.flatMap((message) =>
    Object.keys(message)
      .filter((field) => field !== 'type')
      .map((field) => [message.type, field, message] as const),
  );

  it.each(fields)('takes %s without %s for garbage', (_, field, message) => {
    const { [field]: _gone, ...rest } = message as unknown as Record<string, unknown>;
    expect(() => read(rest)).toThrow(GarbageError);
    expect(() => read({ ...rest, [field]: [] })).toThrow(GarbageError);
  });

  it('looks into what ready holds', () => {
    const bad = [
      { assistant: { name: 'Nora' } },
      { limits: { max_duration_s: '600', silence_s: 30 } },
      { audio: { up: pcm } },
      { audio: { up: pcm, down: { ...pcm, channels: 2 } } },
    ];
    for (const part of bad) expect(() => read({ ...MESSAGES[0], ...part })).toThrow(GarbageError);
  });

  it.each(['', 'nonsense', '[]', 'null', '7', '"type"', '{}', '{"type":7}'])('takes %j for garbage', (frame) => {
    expect(() => readGatewayMessage(frame)).toThrow(GarbageError);
  });

  it.each([
    { type: 'weather' },
    { type: 'toString' },
    { type: 'state', state: 'dreaming' },
    { type: 'warning', code: 'balance', in_s: 3 },
    { type: 'transcript', id: 'x', role: 'narrator', text: '', final: true, at_ms: 0 },
  ])('lets %j pass as a later version would mean it', (message) => {
    expect(read(message)).toBeNull();
  });

  it('reads an end for a reason that it does not know as an end', () => {
    expect(read({ type: 'end', reason: 'lunch' })).toEqual({ type: 'end', reason: 'error' });
  });
});
