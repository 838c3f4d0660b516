/**
 * How long the visitor's voice took from the page's sound graph to the server, frame by frame, and what of it was lost.
 * Pure; both ends tell by `signal.ts` which sound they have.
 */

import type { Recording } from './analysis.ts';
import { positionAround, type Reading, readPositions } from './signal.ts';

export interface UplinkFrame {
  /** When the server had it, epoch ms. */
  readonly atMs: number;
  readonly pcm: Int16Array;
}

export interface Uplink {
  /** Of each frame, from its last sample's entering the player's graph to the server, in ms; ascending. */
  readonly oneWayMs: readonly number[];
  /** Of sound, between one reading and the next. */
  readonly lostMs: number;
  /** Of a frame: the wait for it to fill comes on top. */
  readonly frameMs: number;
}

/** Of a frame's end, to be read. */
const READ_S = 0.01;
/** What two readings may disagree by. */
const TOLERANCE_S = 0.003;
const BLOCK = 128;

/**
 * @param heard what entered the player's graph, by the server's clock
 * @param from only frames that were complete after this moment count
 */
export function analyseUplink(
  heard: Recording,
  frames: readonly UplinkFrame[],
  rate: number,
  from: number,
  to: number,
): Uplink | null {
  const entered = readPositions(heard.samples, heard.rate);
  const sent = Float32Array.from(
    frames.flatMap(({ pcm }) => [...pcm]),
    (sample) => sample / 0x8000,
  );
  const oneWayMs: number[] = [];
  const counted: number[] = [];
  const span = Math.round(READ_S * rate);
  let end = 0;
  for (const { atMs, pcm } of frames) {
    end += pcm.length;
    if (end < span) continue;
    const middle = positionAround(sent, rate, end - span, end);
    if (middle === null) continue;
    const enteredMs = timeOf(heard, entered, middle + READ_S / 2 - 1 / rate);
    if (enteredMs === null || enteredMs < from || enteredMs > to) continue;
    oneWayMs.push(atMs - enteredMs);
    counted.push(end);
  }
  const [first, last] = [counted[0], counted.at(-1)];
  if (first === undefined || last === undefined) return null;
  const arrived = readPositions(sent, rate).filter(({ at }) => at >= first && at <= last);
  const [begin, finish] = [arrived[0]?.positionS ?? 0, arrived.at(-1)?.positionS ?? 0];
  const offered = entered.filter(({ positionS }) => positionS >= begin && positionS <= finish);
  return {
    oneWayMs: oneWayMs.sort((a, b) => a - b),
    // What was missing before the player had it is not the player's loss.
    lostMs: Math.max(0, skippedMs(arrived, rate) - skippedMs(offered, heard.rate)),
    frameMs: (frames[0]!.pcm.length / rate) * 1000,
  };
}

function skippedMs(readings: readonly Reading[], rate: number): number {
  let skippedS = 0;
  for (let i = 1; i < readings.length; i += 1) {
    const { at, positionS } = readings[i]!;
    const before = readings[i - 1]!;
    const skip = positionS - before.positionS - (at - before.at) / rate;
    if (skip > TOLERANCE_S) skippedS += skip;
  }
  return skippedS * 1000;
}

/** When the block with this position was made. */
function timeOf({ rate, blocksMs }: Recording, entered: readonly Reading[], positionS: number): number | null {
  let low = 0;
  let high = entered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entered[middle]!.positionS < positionS) low = middle + 1;
    else high = middle;
  }
  const nearest = entered[Math.min(low, entered.length - 1)];
  if (!nearest) return null;
  const sample = Math.round(nearest.at + (positionS - nearest.positionS) * rate);
  return blocksMs[Math.floor(sample / BLOCK)] ?? null;
}

/** The value below which this share of ascending values lies. */
export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? NaN;
}
