/**
 * From a recording of what a player played to figures: when it began, where it stood still, what it never played, where
 * it clicked, and how late it was in the end. Pure; `signal.ts` says where in the sound a sample belongs.
 */

import { AMPLITUDE, pitchAt, type Reading, readPositions } from './signal.ts';

export interface Recording {
  readonly rate: number;
  readonly samples: Float32Array;
  /** Of each 128 samples, when they were made: epoch ms by the server's clock. */
  readonly blocksMs: Float64Array;
}

/** What the server sent. */
export interface SentTurn {
  readonly fromS: number;
  readonly toS: number;
  /** When its first frame reached the page: epoch ms by the server's clock. */
  readonly arrivedMs: number;
}

export interface Playback {
  /** Of each turn that was heard, from its first frame's arrival to its first sample. */
  readonly startsMs: readonly number[];
  /** Silences within turns, and how long they were together. */
  readonly gaps: number;
  readonly silenceMs: number;
  /** Sound that was never played. */
  readonly lostMs: number;
  /** Sound that was played again, or in place of what had not come. */
  readonly repeatedMs: number;
  /** Steps larger than the tone could make. */
  readonly edges: number;
  /** Of each turn that was heard, how much later its last sound came than if the turn had begun at once and run through. */
  readonly lateMs: readonly number[];
}

/** Samples that are rendered together. */
const BLOCK = 128;
/** -40 dB. */
export const QUIET = 0.01 * AMPLITUDE;
/** A shorter one is the tone's own way through zero. */
const SILENCE_S = 0.0015;
/** What two readings may disagree by. */
const TOLERANCE_S = 0.003;
/** Of the amplitude: what is left of a sample when the tone is taken away is otherwise a hundredth of this. */
const EDGE = 0.1;
/** Before a command to be silent something must have been heard within this: the clock is no better. */
const HEARD_MS = 15;
/** One edge disturbs this much. */
const EDGE_S = 0.003;
/** Seconds around a block over which its clock is averaged: a worklet's clock has whole milliseconds. */
const CLOCK_S = 0.5;

/** Sounding samples of one turn, from one to before another. */
interface Piece {
  /** -1 while it is not known. */
  readonly turn: number;
  readonly from: number;
  readonly to: number;
}

interface Run {
  readonly from: number;
  readonly to: number;
}

export function analysePlayback(recording: Recording, turns: readonly SentTurn[]): Playback {
  const { samples, rate } = recording;
  const clock = clockOf(recording);
  const runs = soundingRuns(samples, rate);
  const readings = readPositions(samples, rate);
  const turnOf = (positionS: number): number =>
    turns.findIndex(({ fromS, toS }) => positionS > fromS - 0.1 && positionS < toS + 0.1);
  const pieces = piecesOf(runs, readings, rate, turns, turnOf);
  const sounding = soundingBefore(runs);

  const startsMs: number[] = [];
  const lateMs: number[] = [];
  let [gaps, silence, lostS, repeatedS] = [0, 0, 0, 0];
  for (const [index, turn] of turns.entries()) {
    const own = pieces.filter((piece) => piece.turn === index);
    const first = own[0];
    const last = own.at(-1);
    if (!first || !last) {
      lostS += turn.toS - turn.fromS;
      continue;
    }
    startsMs.push(clock(first.from) - turn.arrivedMs);
    for (let i = 1; i < own.length; i += 1) {
      const between = own[i]!.from - own[i - 1]!.to;
      if (between < SILENCE_S * rate) continue;
      gaps += 1;
      silence += between;
    }
    // From one reading to the next the sound should have gone on by as much as was heard.
    const begins = { at: first.from, positionS: turn.fromS };
    const read = readings.filter(({ positionS }) => turnOf(positionS) === index);
    const steps = [begins, ...read, { at: last.to, positionS: turn.toS }];
    const latest = read.at(-1) ?? begins;
    lateMs.push(clock(latest.at) - turn.arrivedMs - (latest.positionS - turn.fromS) * 1000);
    for (let i = 1; i < steps.length; i += 1) {
      const heardS = (sounding(steps[i]!.at) - sounding(steps[i - 1]!.at)) / rate;
      const skippedS = steps[i]!.positionS - steps[i - 1]!.positionS - heardS;
      if (skippedS > TOLERANCE_S) lostS += skippedS;
      if (skippedS < -TOLERANCE_S) repeatedS -= skippedS;
    }
  }
  return {
    startsMs,
    gaps,
    silenceMs: (silence / rate) * 1000,
    lostMs: lostS * 1000,
    repeatedMs: repeatedS * 1000,
    edges: hardEdges(samples, rate, readings).length,
    lateMs,
  };
}

/** From the command to the last sample above -40 dB; null where nothing was to be heard when it came. */
export function flushMs(recording: Recording, commandMs: number): number | null {
  const clock = clockOf(recording);
  const last = recording.samples.findLastIndex((sample) => Math.abs(sample) >= QUIET);
  const sinceMs = clock(last + 1) - commandMs;
  return last < 0 || sinceMs < -HEARD_MS ? null : Math.max(0, sinceMs);
}

/** The recording up to a moment, and what comes after it. */
export function cutAt(recording: Recording, epochMs: number): [Recording, Recording] {
  const { rate, samples, blocksMs } = recording;
  const found = blocksMs.findIndex((ms) => ms >= epochMs);
  const block = found < 0 ? blocksMs.length : found;
  return [
    { rate, samples: samples.subarray(0, block * BLOCK), blocksMs: blocksMs.subarray(0, block) },
    { rate, samples: samples.subarray(block * BLOCK), blocksMs: blocksMs.subarray(block) },
  ];
}

/** When a sample left the graph: blocks are made in bursts and leave it evenly. */
export function clockOf({ rate, blocksMs }: Recording): (sample: number) => number {
  const perBlockMs = (BLOCK / rate) * 1000;
  const reach = Math.max(1, Math.round((CLOCK_S * rate) / BLOCK));
  const offsets = Float64Array.from(blocksMs, (ms, i) => ms - i * perBlockMs);
  const known = new Map<number, number>();
  const offsetAt = (block: number): number => {
    // A median for each stretch is as good as one for each block.
    const stretch = Math.floor(Math.min(block, blocksMs.length - 1) / reach);
    const before = known.get(stretch);
    if (before !== undefined) return before;
    const around = offsets.slice(Math.max(0, (stretch - 1) * reach), (stretch + 2) * reach).sort();
    const offset = around[around.length >> 1] ?? 0;
    known.set(stretch, offset);
    return offset;
  };
  return (sample) => offsetAt(Math.floor(sample / BLOCK)) + (sample / rate) * 1000;
}

/** By how much the latest block was made later than even pace would have it. */
export function latestBlockMs(recording: Recording): number {
  const clock = clockOf(recording);
  return recording.blocksMs.reduce((latest, ms, block) => Math.max(latest, ms - clock(block * BLOCK)), 0);
}

/** Samples at which the tone broke, one for each break. */
export function hardEdges(samples: Float32Array, rate: number, readings: readonly Reading[]): number[] {
  const edges: number[] = [];
  if (readings.length === 0) return edges;
  let nearest = 0;
  for (let i = 2; i < samples.length; i += 1) {
    while (readings[nearest + 1] && Math.abs(readings[nearest + 1]!.at - i) <= Math.abs(readings[nearest]!.at - i)) {
      nearest += 1;
    }
    const angle = (2 * Math.PI * pitchAt(readings[nearest]!.positionS)) / rate;
    const rest = samples[i]! - 2 * Math.cos(angle) * samples[i - 1]! + samples[i - 2]!;
    if (Math.abs(rest) < EDGE * AMPLITUDE) continue;
    if (edges.length === 0 || i - edges.at(-1)! > EDGE_S * rate) edges.push(i);
  }
  return edges;
}

/** Stretches of sound between silences. */
export function soundingRuns(samples: Float32Array, rate: number): Run[] {
  const runs: Run[] = [];
  let from = -1;
  let loud = -1;
  for (let i = 0; i <= samples.length; i += 1) {
    if (i < samples.length && Math.abs(samples[i]!) >= QUIET) {
      if (from < 0) from = i;
      loud = i;
    } else if (from >= 0 && (i === samples.length || i - loud > SILENCE_S * rate)) {
      runs.push({ from, to: loud + 1 });
      from = -1;
    }
  }
  return runs;
}

/** How many sounding samples there are before one. */
function soundingBefore(runs: readonly Run[]): (at: number) => number {
  return (at) => runs.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, at) - from), 0);
}

/** Cuts the runs where one turn goes over into another; a run too short to be read belongs to the nearest that is not. */
function piecesOf(
  runs: readonly Run[],
  readings: readonly Reading[],
  rate: number,
  turns: readonly SentTurn[],
  turnOf: (positionS: number) => number,
): Piece[] {
  const pieces: Piece[] = [];
  let next = 0;
  for (const run of runs) {
    let from = run.from;
    let latest: Reading | null = null;
    let turn = -1;
    for (; next < readings.length && readings[next]!.at < run.to; next += 1) {
      const reading = readings[next]!;
      const own = turnOf(reading.positionS);
      if (own < 0 || reading.at < run.from) continue;
      if (latest && own !== turn) {
        const seam = Math.min(reading.at, Math.round(latest.at + (turns[turn]!.toS - latest.positionS) * rate));
        pieces.push({ turn, from, to: seam });
        from = seam;
      }
      turn = own;
      latest = reading;
    }
    pieces.push({ turn, from, to: run.to });
  }
  const read = pieces.filter(({ turn }) => turn >= 0);
  const distance = (a: Piece, b: Piece): number => Math.max(a.from - b.to, b.from - a.to);
  return pieces.flatMap((piece) => {
    if (piece.turn >= 0) return [piece];
    const [nearest] = read.toSorted((a, b) => distance(a, piece) - distance(b, piece));
    return nearest ? [{ ...piece, turn: nearest.turn }] : [];
  });
}
