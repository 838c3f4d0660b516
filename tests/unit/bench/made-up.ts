/** Recordings as a player would have left them, made by hand: what is in them is known. */

import type { Recording } from '../../../bench/audio/analysis.ts';
import { AMPLITUDE, pitchAt } from '../../../bench/audio/signal.ts';

/** Silence, or the bench's tone from one position to another; at a `speed` other than 1 it lasts longer or shorter. */
export type Part = { readonly silentMs: number } | Played;

interface Played {
  readonly fromS: number;
  readonly toS: number;
  readonly speed?: number;
  /** Of both ends. */
  readonly fadeMs?: number;
}

/** Epoch ms of each recording's first sample. */
export const BEGAN_MS = 1_700_000_000_000;

export function madeUp(rate: number, parts: readonly Part[]): Recording {
  const length = parts.reduce((sum, part) => sum + lengthOf(part, rate), 0);
  const samples = new Float32Array(Math.ceil(length / 128) * 128);
  let at = 0;
  for (const part of parts) {
    if (!('silentMs' in part)) samples.set(sound(part, rate), at);
    at += lengthOf(part, rate);
  }
  const blocksMs = Float64Array.from({ length: samples.length / 128 }, (_, i) => BEGAN_MS + (i * 128_000) / rate);
  return { rate, samples, blocksMs };
}

function lengthOf(part: Part, rate: number): number {
  if ('silentMs' in part) return Math.round((part.silentMs * rate) / 1000);
  return Math.round(((part.toS - part.fromS) * rate) / (part.speed ?? 1));
}

function sound(part: Played, rate: number): Float32Array {
  const { fromS, speed = 1, fadeMs = 5 } = part;
  const length = lengthOf(part, rate);
  const fade = Math.max(1, (fadeMs * rate) / 1000);
  // The phase that the tone has at this position, and from there on its pitch, however fast positions go by.
  let phase = 2 * Math.PI * ((pitchAt(0) + pitchAt(fromS)) / 2) * fromS;
  return Float32Array.from({ length }, (_, i) => {
    const value = AMPLITUDE * Math.min(1, (i + 1) / fade, (length - i) / fade) * Math.sin(phase);
    phase += (2 * Math.PI * pitchAt(fromS + (i * speed) / rate)) / rate;
    return value;
  });
}
