/** Checks what a client sends: the page's word is never taken for what it claims to be. */

import * as z from 'zod';
import { decode } from '../../protocol/codec.ts';
import { type ClientMessage, MAX_PAGE_DATA_BYTES, PROTOCOL_VERSION } from '../../protocol/messages.ts';
import type { Offer } from './audio-format.ts';

const id = z.string().min(1).max(128);
const ms = z.number().nonnegative();
const mode = z.enum(['voice', 'text']);
const offers = z.array(z.object({ encoding: z.string(), sample_rate: z.number(), channels: z.number() })).max(32);
const small = (value: unknown): boolean => Buffer.byteLength(JSON.stringify(value)) <= MAX_PAGE_DATA_BYTES;
const smallText = z.string().refine(small, 'too long');
const smallRecord = z.record(z.string(), z.unknown()).refine(small, 'too long');

const startSchema = z.object({
  type: z.literal('start'),
  version: z.literal(PROTOCOL_VERSION),
  call_id: z.string(),
  assistant_id: z.string(),
  widget_id: z.string().optional(),
  mode,
  audio: z.object({ up: offers, down: offers }),
  language: z.string().max(64).optional(),
  variables: smallRecord.optional(),
  metadata: smallRecord.optional(),
  tools: z
    .array(z.object({ name: z.string(), description: z.string(), parameters: z.record(z.string(), z.unknown()) }))
    .optional(),
  consent: z.object({ terms_sha256: z.string(), accepted_at: z.iso.datetime({ offset: true }) }).optional(),
  resume: z.object({ token: z.string(), received: z.number() }).optional(),
});

const schemas = {
  ack: z.object({
    type: z.literal('ack'),
    received_ms: ms,
    played_ms: ms,
    turn_id: id.optional(),
    done: z.boolean().optional(),
  }),
  text: z.object({ type: z.literal('text'), id, text: smallText.refine((text) => text.trim() !== '', 'empty') }),
  context: z.object({ type: z.literal('context'), text: smallText }),
  interrupt: z.object({ type: z.literal('interrupt'), turn_id: id, played_ms: ms }),
  mode: z.object({ type: z.literal('mode'), mode }),
  mute: z.object({ type: z.literal('mute'), muted: z.boolean() }),
  tool_result: z.object({ type: z.literal('tool_result'), id, result: z.unknown(), is_error: z.boolean() }),
  feedback: z.object({
    type: z.literal('feedback'),
    rating: z.int().min(1).max(5),
    comment: z.string().refine(small, 'too long').optional(),
  }),
  ping: z.object({ type: z.literal('ping'), t: z.number(), received: z.number() }),
  end: z.object({ type: z.literal('end'), reason: z.string().max(128) }),
};

export type LiveMessage = Exclude<ClientMessage, { type: 'start' }>;
/** What concerns the conversation; `ping` is answered by the line. */
export type CallMessage = Exclude<LiveMessage, { type: 'ping' }>;
export type Start = z.infer<typeof startSchema> & { readonly audio: { readonly up: Offer[]; readonly down: Offer[] } };

export type Reading = { readonly type: string } & (
  | { readonly kind: 'message'; readonly message: LiveMessage }
  | { readonly kind: 'start' }
  /** A type of some other version: let through. */
  | { readonly kind: 'unknown' }
  /** A known type that isn't what it should be. `problem` names fields, never what stood in them. */
  | { readonly kind: 'bad'; readonly problem: string }
);

/** Any frame after the first. @throws GarbageError where the frame is no JSON object with a `type` */
export function readMessage(frame: string): Reading {
  const raw = decode(frame);
  const { type } = raw;
  if (type === 'start') return { type, kind: 'start' };
  if (!Object.hasOwn(schemas, type)) return { type, kind: 'unknown' };
  const result = schemas[type as keyof typeof schemas].safeParse(raw);
  if (!result.success) return { type, kind: 'bad', problem: problemOf(type, result.error) };
  // JSON knows no `undefined`: what is optional is either there or missing.
  return { type, kind: 'message', message: result.data as LiveMessage };
}

export type StartReading =
  | { readonly kind: 'start'; readonly start: Start }
  | { readonly kind: 'other' }
  | { readonly kind: 'version' }
  | { readonly kind: 'bad'; readonly problem: string };

/** The first frame. @throws GarbageError where the frame is no JSON object with a `type` */
export function readStart(frame: string): StartReading {
  const raw = decode(frame);
  if (raw.type !== 'start') return { kind: 'other' };
  // Looked at alone: another version may look different in everything else.
  if (raw['version'] !== PROTOCOL_VERSION) return { kind: 'version' };
  const result = startSchema.safeParse(raw);
  return result.success
    ? { kind: 'start', start: result.data }
    : { kind: 'bad', problem: problemOf('start', result.error) };
}

function problemOf(type: string, error: z.ZodError): string {
  const fields = new Set(error.issues.map((issue) => issue.path.map(String).join('.') || 'message'));
  return `${type}: check ${[...fields].join(', ')}`;
}
