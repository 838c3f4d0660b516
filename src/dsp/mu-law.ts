/** G.711 mu-law, one byte a sample, and back. https://www.itu.int/rec/T-REC-G.711 */

const BIAS = 0x84;
const CLIP = 32_635;

const DECODED = Int16Array.from({ length: 256 }, (_, byte) => {
  const bits = ~byte & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + BIAS) << ((bits & 0x70) >> 4)) - BIAS;
  return bits & 0x80 ? -magnitude : magnitude;
});

export function decodeMuLaw(bytes: Uint8Array): Int16Array<ArrayBuffer> {
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) samples[i] = DECODED[bytes[i]!]!;
  return samples;
}

/** Samples are of 16 bit, whole or not. `bytes`, of the same length, takes the result where given. */
export function encodeMuLaw(
  samples: Int16Array | Float32Array,
  bytes = new Uint8Array(samples.length),
): Uint8Array<ArrayBuffer> {
  for (let i = 0; i < bytes.length; i++) {
    const sample = samples[i]!;
    const sign = sample < 0 ? 0x80 : 0;
    const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
    // The position of the highest bit set, counted from bit 7.
    const exponent = 31 - Math.clz32(magnitude) - 7;
    bytes[i] = ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f));
  }
  return bytes;
}
