/**
 * Sound in which every moment says where in the recording it belongs: a tone that rises by 60 Hz a second. Its pitch is
 * the position, whatever rate, filter or gain it went through. Pure: the server writes it, the analyses read it.
 */

const START_HZ = 500;
const RISE_HZ_PER_S = 60;
/** Of the tone, of full scale. */
export const AMPLITUDE = 0.5;
/** Of every turn's beginning and end: the sound itself has no edge. */
const FADE_S = 0.005;

/** How often a second the pitch is read. */
const READINGS_PER_S = 500;
/** The stretch that one reading looks at. */
const WINDOW_S = 0.01;
/** The pitch is read between samples about this far apart: closer ones hardly differ, and noise would decide. */
const READ_RATE = 8_000;
/** Of a reading's energy, what no pure tone explains. More is a seam, a fade, or no tone. */
const MAX_IMPURITY = 1e-5;

/** The tone's value at a position in s, -1..1. */
export function tone(positionS: number): number {
  return Math.sin(2 * Math.PI * (START_HZ * positionS + (RISE_HZ_PER_S / 2) * positionS * positionS));
}

export function pitchAt(positionS: number): number {
  return START_HZ + RISE_HZ_PER_S * positionS;
}

/** One turn's sound, from one position to another, as PCM16. */
export function turnPcm(fromS: number, toS: number, rate: number): Int16Array {
  const length = Math.round((toS - fromS) * rate);
  return Int16Array.from({ length }, (_, i) => {
    const gain = Math.min(1, (i + 1) / (FADE_S * rate), (length - i) / (FADE_S * rate));
    return Math.round(AMPLITUDE * gain * 0x7fff * tone(fromS + i / rate));
  });
}

export interface Reading {
  /** The sample at which the sound was at `positionS`. */
  readonly at: number;
  readonly positionS: number;
}

/** Readings that follow each other agree this well; one that agrees with neither neighbour is wrong. */
const AGREEMENT_S = 0.0015;

/** Where in the recording the sound was, as often as that can be told; in order of `at`. */
export function readPositions(samples: Float32Array, rate: number): Reading[] {
  const readings: Reading[] = [];
  const half = Math.round((WINDOW_S * rate) / 2);
  const hop = rate / READINGS_PER_S;
  for (let centre = half; centre + half <= samples.length; centre += hop) {
    const at = Math.round(centre);
    const positionS = positionAround(samples, rate, at - half, at + half);
    if (positionS !== null) readings.push({ at, positionS });
  }
  const agree = (a: Reading | undefined, b: Reading | undefined): boolean => {
    if (!a || !b || b.at - a.at > 2 * hop) return false;
    return Math.abs(b.positionS - a.positionS - (b.at - a.at) / rate) < AGREEMENT_S;
  };
  return readings.filter((reading, i) => agree(readings[i - 1], reading) || agree(reading, readings[i + 1]));
}

/** The position in the middle of a stretch; null where it is no pure tone. */
export function positionAround(samples: Float32Array, rate: number, from: number, to: number): number | null {
  const lag = Math.max(1, Math.round(rate / READ_RATE));
  // Of a pure tone the sum of its neighbours is its own value times twice the cosine of the angle between them.
  let product = 0;
  let neighbours = 0;
  let energy = 0;
  for (let i = from + lag; i < to - lag; i += 1) {
    const around = samples[i - lag]! + samples[i + lag]!;
    product += samples[i]! * around;
    neighbours += around * around;
    energy += samples[i]! * samples[i]!;
  }
  const count = to - from - 2 * lag;
  if (count <= 0 || energy / count < (0.05 * AMPLITUDE) ** 2) return null;
  const cosine = product / (2 * energy);
  const impurity = (neighbours - 4 * cosine * product + 4 * cosine * cosine * energy) / energy;
  if (impurity > MAX_IMPURITY || Math.abs(cosine) >= 1) return null;
  const hertz = (Math.acos(cosine) / lag / (2 * Math.PI)) * rate;
  return (hertz - START_HZ) / RISE_HZ_PER_S;
}
