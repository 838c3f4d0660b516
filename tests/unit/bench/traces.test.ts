import { describe, expect, it } from 'vitest';
import { afterTrace, createTrace, FRAME_MS, type TraceName } from '../../../bench/audio/traces.ts';

const NAMES = ['clean', 'wifi', 'loss', 'lte', 'tts'] as const satisfies TraceName[];
/** What the bench's rounds use. */
const SEEDS = [1, 2, 3];

/** How late each frame was for a player that began with the first. */
const lateness = (name: TraceName, seed: number): number[] =>
  createTrace(name, seed).turns.flatMap(({ arrivalsMs }) =>
    arrivalsMs.map((ms, i) => ms - arrivalsMs[0]! - i * FRAME_MS),
  );

describe.each(NAMES)('the trace %s', (name) => {
  it('is the same for the same seed', () => {
    expect(createTrace(name, 2)).toEqual(createTrace(name, 2));
  });

  it('has all frames in order, none before the turn before it is over, and turns apart in the sound', () => {
    for (const seed of SEEDS) {
      const { turns, lengthMs } = createTrace(name, seed);
      const all = turns.flatMap(({ arrivalsMs }) => arrivalsMs);
      expect(all).toEqual(all.toSorted((a, b) => a - b));
      for (const [i, { fromS, toS, arrivalsMs }] of turns.entries()) {
        expect(arrivalsMs).toHaveLength(Math.round(((toS - fromS) * 1000) / FRAME_MS));
        const before = turns[i - 1];
        if (!before) continue;
        expect(fromS).toBeGreaterThan(before.toS + 0.2);
        expect(arrivalsMs[0]).toBeGreaterThan(before.arrivalsMs[0]! + (before.toS - before.fromS) * 1000 + 100);
      }
      expect(lengthMs).toBeGreaterThanOrEqual(all.at(-1)!);
      expect(afterTrace(createTrace(name, seed))).toBeGreaterThan(turns.at(-1)!.toS);
    }
  });
});

describe('the lines', () => {
  it('differ from seed to seed where chance has a part', () => {
    for (const name of ['clean', 'wifi', 'loss', 'lte'] as const) {
      expect(lateness(name, 1)).not.toEqual(lateness(name, 2));
    }
  });

  it('stall in every round where they are bad, and never where they are good', () => {
    for (const seed of SEEDS) {
      expect(Math.max(...lateness('clean', seed))).toBeLessThan(4);
      expect(Math.max(...lateness('wifi', seed))).toBeGreaterThan(40);
      expect(Math.max(...lateness('lte', seed))).toBeGreaterThan(60);
      expect(Math.max(...lateness('tts', seed))).toBe(0);
    }
  });

  it('hold back all behind a lost packet until it was sent again: 120 ms, or a time-out', () => {
    for (const seed of SEEDS) {
      for (const { arrivalsMs } of createTrace('loss', seed).turns) {
        const late = arrivalsMs.map((ms, i) => ms - arrivalsMs[0]! - i * FRAME_MS);
        const first = late.findIndex((ms) => ms > 1);
        if (first < 0 || first + 3 >= late.length) continue;
        expect([120, 260, 380]).toContain(Math.round(late[first]!));
        expect(arrivalsMs[first + 3]).toBe(arrivalsMs[first]);
      }
      expect(Math.max(...lateness('loss', seed))).toBeGreaterThanOrEqual(119);
    }
  });

  it('bring made speech two and a half times as fast as it is spoken', () => {
    const { arrivalsMs } = createTrace('tts', 1).turns[0]!;
    const soundMs = arrivalsMs.length * FRAME_MS;
    expect(soundMs / (arrivalsMs.at(-1)! - arrivalsMs[0]! + 80)).toBeCloseTo(2.5, 0);
  });
});
