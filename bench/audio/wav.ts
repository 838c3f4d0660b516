/** WAV files around samples: what one player wants to be sent, and what a listener wants to be kept. */

import type { Recording } from './analysis.ts';

const PCM = 1;
const FLOAT = 3;

/** Of mono. */
export function wavHeader(dataLength: number, rate: number, bytesPerSample: 2 | 4): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(bytesPerSample === 2 ? PCM : FLOAT, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * bytesPerSample, 28);
  header.writeUInt16LE(bytesPerSample, 32);
  header.writeUInt16LE(bytesPerSample * 8, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataLength, 40);
  return header;
}

export function floatWav({ rate, samples }: Recording): Buffer {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeader(data.byteLength, rate, 4), data]);
}
