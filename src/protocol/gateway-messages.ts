/**
 * What the gateway sends, checked by hand: the client can't afford a schema library, and must not stumble over what a
 * faulty gateway leaves out. Fields that nobody knows are let through.
 */

import { decode, GarbageError, type UnknownMessage } from './codec.ts';
import type { GatewayEndReason, GatewayMessage } from './messages.ts';

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const string: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const boolean: Check = (value) => typeof value === 'boolean';
const object: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const shaped =
  (shape: Shape): Check =>
  (value) =>
    object(value) && Object.keys(shape).every((field) => shape[field]!((value as Record<string, unknown>)[field]));

const format = shaped({ encoding: string, sample_rate: number, channels: (value) => value === 1 });
const pair = shaped({ up: format, down: format });

const SHAPES: Readonly<Record<GatewayMessage['type'], Check>> = {
  ready: shaped({
    version: number,
    call_id: string,
    resume_token: string,
    received: number,
    audio: (value) => value === null || pair(value),
    assistant: shaped({ name: string, language: string }),
    limits: shaped({ max_duration_s: number, silence_s: number }),
  }),
  turn_start: shaped({ turn_id: string, at_ms: number }),
  turn_end: shaped({ turn_id: string }),
  clear: shaped({ turn_id: string, reason: string }),
  speech: shaped({ active: boolean, at_ms: number }),
  transcript: shaped({
    id: string,
    role: string,
    text: string,
    final: boolean,
    turn_id: optional(string),
    at_ms: number,
  }),
  state: shaped({ state: string }),
  tool_call: shaped({ id: string, name: string, arguments: object }),
  warning: shaped({ code: string, in_s: number }),
  ack: shaped({ received: number }),
  pong: shaped({ t: number, received: number }),
  error: shaped({ code: string, message: string, fatal: boolean }),
  end: shaped({ reason: string }),
};

/** Words that somebody shows: a message with another one is a later version's, and of no use to this one. */
const WORDS: Readonly<Record<string, readonly [field: string, words: readonly string[]]>> = {
  state: ['state', ['listening', 'thinking', 'speaking']],
  transcript: ['role', ['user', 'assistant']],
  warning: ['code', ['max_duration', 'silence']],
};

const END_REASONS: readonly unknown[] = [
  'assistant',
  'max_duration',
  'silence',
  'replaced',
  'drained',
  'error',
] satisfies GatewayEndReason[];

/**
 * Null where the type is unknown, or says what only a later version understands: to be ignored.
 *
 * @throws GarbageError where the frame is no JSON object with a type, or a known one lacks its fields
 */
export function readGatewayMessage(frame: string): GatewayMessage | null {
  const message: UnknownMessage = decode(frame);
  const { type } = message;
  if (!Object.hasOwn(SHAPES, type)) return null;
  if (!SHAPES[type as GatewayMessage['type']](message)) throw new GarbageError(`${type} lacks its fields`);
  const words = WORDS[type];
  if (words && !words[1].includes(message[words[0]] as string)) return null;
  // An end is an end, whatever for.
  if (type === 'end' && !END_REASONS.includes(message['reason'])) return { type, reason: 'error' };
  return message as unknown as GatewayMessage;
}
