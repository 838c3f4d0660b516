/** What the mouth and its worker say to each other, checked at both ends. */

import type { FliteVoice } from './flite.ts';

export interface MouthWorkerData {
  readonly wasmFile: string;
  readonly directory: string;
}

export type ToMouthWorker = { readonly type: 'say'; readonly text: string; readonly voice: FliteVoice };

/** One 'sound' or 'failed' a 'say', in order. */
export type FromMouthWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'sound'; readonly samples: Int16Array }
  | { readonly type: 'failed'; readonly message: string };

export function isToMouthWorker(value: unknown): value is ToMouthWorker {
  return hasType(value) && value.type === 'say';
}

export function isFromMouthWorker(value: unknown): value is FromMouthWorker {
  return hasType(value) && ['ready', 'sound', 'failed'].includes(value.type);
}

function hasType(value: unknown): value is { type: string } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
