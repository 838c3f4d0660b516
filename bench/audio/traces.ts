/**
 * When the frames of a few turns reach a page: seeded, so that every player meets the same line. Pure; what is in the
 * frames is `signal.ts`'s, and sending them the server's.
 */

export type TraceName = 'clean' | 'wifi' | 'loss' | 'lte' | 'tts';

export interface TraceTurn {
  /** Its place in the sound of `signal.ts`, in s. */
  readonly fromS: number;
  readonly toS: number;
  /** Of each frame, from the trace's beginning, in ms; never less than the one before. */
  readonly arrivalsMs: readonly number[];
}

export interface Trace {
  readonly name: TraceName;
  readonly seed: number;
  readonly turns: readonly TraceTurn[];
  /** From the trace's beginning to the end of its sound, were none of it late, in ms. */
  readonly lengthMs: number;
}

export const FRAME_MS = 20;
const TURNS = 4;
const TURN_MS = 880;
/** From the end of a turn, heard or received, to the beginning of the next. */
const PAUSE_MS = 200;
/** Between two turns, so that no reading of one is taken for the other's. */
const APART_S = 0.25;
/** Speech is made this much faster than it is spoken, and comes piece by piece. */
const TTS_SPEED = 2.5;
const TTS_PIECE_MS = 200;

/** A line with packets of 20 ms, a round trip of 60 ms, and TCP's own numbers. */
const LOSS = 0.01;
const RTT_MS = 60;
const DUPLICATES = 3;
const RETRANSMISSION_TIMEOUT_MS = 260;

type Random = () => number;
/** Offsets of arrival from offsets of departure. */
type Line = (departuresMs: readonly number[]) => number[];

const LINES: Readonly<Record<TraceName, (random: Random) => Line>> = {
  clean: (random) => (departures) => inOrder(departures.map((ms) => ms + 3 * random())),
  wifi: (random) => stalling(random, { jitterMs: 2, everyMs: 900, leastMs: 20, meanMs: 60, mostMs: 180 }),
  lte: (random) => stalling(random, { jitterMs: 6, everyMs: 1_600, leastMs: 60, meanMs: 160, mostMs: 480 }),
  loss: (random) => (departures) => overTcp(departures, random),
  tts: () => (departures) => departures.map((ms) => Math.floor(ms / TTS_PIECE_MS) * (TTS_PIECE_MS / TTS_SPEED)),
};

export function createTrace(name: TraceName, seed: number): Trace {
  const line = LINES[name](mulberry32(seed * 7919 + name.length));
  const departures = Array.from({ length: TURN_MS / FRAME_MS }, (_, i) => i * FRAME_MS);
  const turns: TraceTurn[] = [];
  let beginsMs = 0;
  for (let i = 0; i < TURNS; i += 1) {
    const begins = beginsMs;
    const arrivalsMs = line(departures).map((ms) => begins + ms);
    const fromS = i * (TURN_MS / 1000 + APART_S);
    turns.push({ fromS, toS: fromS + TURN_MS / 1000, arrivalsMs });
    beginsMs = Math.max(arrivalsMs[0]! + TURN_MS, arrivalsMs.at(-1)! + FRAME_MS) + PAUSE_MS;
  }
  return { name, seed, turns, lengthMs: beginsMs - PAUSE_MS };
}

/** Where the sound behind a trace's begins, in s: for what is queued only to be dropped. */
export function afterTrace({ turns }: Trace): number {
  return turns.at(-1)!.toS + APART_S;
}

interface Stalls {
  readonly jitterMs: number;
  /** From one stall to the next, on average. */
  readonly everyMs: number;
  readonly leastMs: number;
  readonly meanMs: number;
  readonly mostMs: number;
}

/** Now and then nothing comes for a while, and then all of it at once; short stalls are more frequent than long ones. */
function stalling(random: Random, { jitterMs, everyMs, leastMs, meanMs, mostMs }: Stalls): Line {
  const about = (mean: number): number => -mean * Math.log(1 - random());
  const next = (): number => everyMs * (0.5 + random());
  // A stall may come early in a call, and a turn goes on where the one before left off.
  let untilStall = next() * random();
  return (departures) => {
    let heldUntil = 0;
    return inOrder(
      departures.map((ms) => {
        untilStall -= FRAME_MS;
        if (untilStall <= 0) {
          heldUntil = ms + Math.min(mostMs, leastMs + about(meanMs - leastMs));
          untilStall = heldUntil - ms + next();
        }
        return Math.max(heldUntil, ms + about(jitterMs));
      }),
    );
  };
}

/** What is lost is sent again once three later packets or a timer told of it; all behind it waits. */
function overTcp(departures: readonly number[], random: Random): number[] {
  return inOrder(
    departures.map((ms, i) => {
      const arrives = ms + RTT_MS / 2;
      if (random() >= LOSS) return arrives;
      const third = departures[i + DUPLICATES];
      let resent = ms + RETRANSMISSION_TIMEOUT_MS;
      if (third !== undefined) resent = Math.min(resent, third + RTT_MS);
      for (let wait = RETRANSMISSION_TIMEOUT_MS; random() < LOSS; wait *= 2) resent += wait;
      return resent + RTT_MS / 2;
    }),
  );
}

function inOrder(arrivals: readonly number[]): number[] {
  let latest = -Infinity;
  return arrivals.map((ms) => (latest = Math.max(latest, ms)));
}

/** Tommy Ettinger's mulberry32: small, and the same everywhere. */
export function mulberry32(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
