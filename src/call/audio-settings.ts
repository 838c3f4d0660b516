/** What an owner may choose about a call's sound, and what of it the gateway is offered. Pure. */

import type { AudioFormat, Encoding } from '../protocol/messages.ts';

export interface AudioSettings {
  /** The browser's own processing of the microphone. */
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
  /** The one to prefer; the other stays offered. mu-law takes a quarter of the bytes, and sounds like a telephone. */
  readonly encoding: Encoding;
  /** How much of the visitor's voice goes into a frame, in ms. Fewer are sooner there, and more of them are sent. */
  readonly frameMs: 10 | 20;
}

export const DEFAULT_AUDIO: AudioSettings = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  encoding: 'pcm_s16le',
  frameMs: 20,
};

const PCM_UP: AudioFormat = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };
const PCM_DOWN = [24_000, 16_000, 48_000, 22_050, 44_100, 8_000].map((sample_rate): AudioFormat => ({
  encoding: 'pcm_s16le',
  sample_rate,
  channels: 1,
}));
const MU_LAW: AudioFormat = { encoding: 'pcm_mulaw', sample_rate: 8_000, channels: 1 };

/** What gateways offer in common: the visitor's voice at 16 kHz and any rate back, or a telephone's; best first. */
export function offersOf(encoding: Encoding): {
  readonly up: readonly AudioFormat[];
  readonly down: readonly AudioFormat[];
} {
  return encoding === 'pcm_mulaw'
    ? { up: [MU_LAW, PCM_UP], down: [MU_LAW, ...PCM_DOWN] }
    : { up: [PCM_UP, MU_LAW], down: [...PCM_DOWN, MU_LAW] };
}
