/** Text frames to messages and back. Unknown types and fields are let through; what is no JSON object is garbage. */

import type { ClientMessage, GatewayMessage } from './messages.ts';

/** A text frame that is no JSON object with a string `type`. */
export class GarbageError extends Error {
  override readonly name = 'GarbageError';
}

/** Any JSON object with a `type`, before anybody has looked at what it claims to be. */
export type UnknownMessage = { readonly type: string } & Readonly<Record<string, unknown>>;

/** @throws GarbageError */
export function decode(frame: string): UnknownMessage {
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch (cause) {
    throw new GarbageError('text frame is not JSON', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new GarbageError('text frame is not a JSON object');
  }
  if (!('type' in value) || typeof value.type !== 'string') throw new GarbageError('text frame has no type');
  return value as UnknownMessage;
}

export function encode(message: ClientMessage | GatewayMessage): string {
  return JSON.stringify(message);
}
