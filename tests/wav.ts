/** 16-bit PCM WAV files, read and written; what lies inside is for the caller to judge. */

import { readFileSync, writeFileSync } from 'node:fs';

export interface Wav {
  readonly sampleRate: number;
  /** Mono; more channels are averaged on reading. */
  readonly samples: Int16Array;
}

/** Throws on anything but 16-bit PCM. */
export function readWav(path: string | URL): Wav {
  return parseWav(readFileSync(path));
}

export function writeWav(path: string | URL, wav: Wav): void {
  writeFileSync(path, encodeWav(wav));
}

/** https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html: chunks in any order, padded to even length. */
export function parseWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.byteLength < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw new Error('not a WAV file');
  let format: { readonly channels: number; readonly sampleRate: number } | null = null;
  for (let at = 12; at + 8 <= bytes.byteLength;) {
    const body = at + 8;
    // A recorder that was cut off leaves a length of 0xffffffff or so: take what is there.
    const length = Math.min(view.getUint32(at + 4, true), bytes.byteLength - body);
    if (tag(at) === 'fmt ') {
      const coding = view.getUint16(body, true);
      const bits = view.getUint16(body + 14, true);
      // 0xfffe is the extensible form of the same.
      if ((coding !== 1 && coding !== 0xfffe) || bits !== 16) throw new Error(`WAV coding ${coding}, ${bits} bits`);
      format = { channels: view.getUint16(body + 2, true), sampleRate: view.getUint32(body + 4, true) };
    } else if (tag(at) === 'data') {
      if (format === null) throw new Error('WAV data before its format');
      return { sampleRate: format.sampleRate, samples: mono(view, body, length, format.channels) };
    }
    at = body + length + (length % 2);
  }
  throw new Error('WAV without data');
}

export function encodeWav({ sampleRate, samples }: Wav): Uint8Array {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string): void => bytes.set(new TextEncoder().encode(text), at);
  tag(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => view.setInt16(44 + index * 2, sample, true));
  return bytes;
}

function mono(view: DataView, start: number, length: number, channels: number): Int16Array {
  const samples = new Int16Array(Math.floor(length / (2 * channels)));
  for (let frame = 0; frame < samples.length; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += view.getInt16(start + (frame * channels + channel) * 2, true);
    }
    samples[frame] = Math.round(sum / channels);
  }
  return samples;
}
