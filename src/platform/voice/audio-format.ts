/** Which of the client's offers is used, and how samples lie in a frame of it. */

import type { AudioFormat, AudioPair } from '../../protocol/messages.ts';
import { decodeMuLaw, encodeMuLaw } from '../../dsp/mu-law.ts';

/** An offer as it came: anything may stand in it. */
export interface Offer {
  readonly encoding: string;
  readonly sample_rate: number;
  readonly channels: number;
}

export const FRAME_MS = 20;
const DOWN_RATES: ReadonlySet<number> = new Set([8000, 16_000, 22_050, 24_000, 44_100, 48_000]);

/**
 * The first offer of each direction that the protocol knows: the gateway converts to and from any of them, so the
 * client's order decides alone. Null where a direction has none.
 */
export function negotiate(offers: {
  readonly up: readonly Offer[];
  readonly down: readonly Offer[];
}): AudioPair | null {
  const up = offers.up.find((offer) => isFormat(offer) && offer.sample_rate === (isMuLaw(offer) ? 8000 : 16_000));
  const down = offers.down.find(
    (offer) => isFormat(offer) && (isMuLaw(offer) ? offer.sample_rate === 8000 : DOWN_RATES.has(offer.sample_rate)),
  );
  return up && down ? { up: format(up), down: format(down) } : null;
}

/** Null for a frame that ends within a sample. */
export function samplesOf(frame: Uint8Array, { encoding }: AudioFormat): Int16Array | null {
  if (encoding === 'pcm_mulaw') return decodeMuLaw(frame);
  if (frame.byteLength % 2 !== 0) return null;
  // Copied, since a frame may begin at an odd byte of the socket's buffer (and a Buffer's `slice` is no copy).
  // Little-endian, like every machine Node runs on.
  return new Int16Array(new Uint8Array(frame).buffer);
}

export function frameOf(samples: Int16Array, { encoding }: AudioFormat): Uint8Array {
  if (encoding === 'pcm_mulaw') return encodeMuLaw(samples);
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Cuts a stream of samples into frames of 20 ms. */
export class FrameCutter {
  #frameSamples: number;
  #rest = new Int16Array(0);

  constructor(sampleRate: number) {
    this.#frameSamples = (sampleRate * FRAME_MS) / 1000;
  }

  push(samples: Int16Array): Int16Array[] {
    const all = new Int16Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    const whole = all.length - (all.length % this.#frameSamples);
    this.#rest = all.slice(whole);
    return Array.from({ length: whole / this.#frameSamples }, (_, index) =>
      all.slice(index * this.#frameSamples, (index + 1) * this.#frameSamples),
    );
  }

  /** The last frame, filled up with silence; null where nothing is left. */
  end(): Int16Array | null {
    if (this.#rest.length === 0) return null;
    const last = new Int16Array(this.#frameSamples);
    last.set(this.#rest);
    this.#rest = new Int16Array(0);
    return last;
  }
}

function isMuLaw(offer: Offer): boolean {
  return offer.encoding === 'pcm_mulaw';
}

function isFormat(offer: Offer): boolean {
  return offer.channels === 1 && (offer.encoding === 'pcm_s16le' || isMuLaw(offer));
}

function format(offer: Offer): AudioFormat {
  return { encoding: isMuLaw(offer) ? 'pcm_mulaw' : 'pcm_s16le', sample_rate: offer.sample_rate, channels: 1 };
}
