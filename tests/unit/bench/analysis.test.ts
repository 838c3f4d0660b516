import { describe, expect, it } from 'vitest';
import { analysePlayback, clockOf, cutAt, flushMs, latestBlockMs } from '../../../bench/audio/analysis.ts';
import { BEGAN_MS, madeUp, type Part } from './made-up.ts';

const RATES = [16_000, 24_000, 44_100, 48_000];
/** One second of sound whose first frame came 40 ms into the recording. */
const TURN = { fromS: 0, toS: 1, arrivedMs: BEGAN_MS + 40 };

const analyse = (rate: number, parts: readonly Part[]): ReturnType<typeof analysePlayback> =>
  analysePlayback(madeUp(rate, parts), [TURN]);

describe.each(RATES)('what was played at %i Hz', (rate) => {
  it('begins when it begins, and has no fault where there is none', () => {
    const played = analyse(rate, [{ silentMs: 100 }, { fromS: 0, toS: 1 }, { silentMs: 100 }]);
    expect(played).toMatchObject({ gaps: 0, silenceMs: 0, lostMs: 0, repeatedMs: 0, edges: 0 });
    expect(played.startsMs[0]).toBeCloseTo(60, 0);
    expect(played.lateMs[0]).toBeCloseTo(60, 0);
  });

  it('has a gap where it stood still, and is later by as much', () => {
    const played = analyse(rate, [
      { silentMs: 100 },
      { fromS: 0, toS: 0.4 },
      { silentMs: 70 },
      { fromS: 0.4, toS: 1 },
      { silentMs: 100 },
    ]);
    expect(played).toMatchObject({ gaps: 1, lostMs: 0, repeatedMs: 0, edges: 0 });
    expect(played.silenceMs).toBeGreaterThan(69);
    expect(played.silenceMs).toBeLessThan(72);
    expect(played.lateMs[0]).toBeCloseTo(130, 0);
  });

  it.each([20, 100])('lost %i ms that were skipped, with a silence or without', (skippedMs) => {
    const goesOn = 0.4 + skippedMs / 1000;
    const silent = analyse(rate, [{ fromS: 0, toS: 0.4 }, { silentMs: 30 }, { fromS: goesOn, toS: 1 }]);
    const seamless = analyse(rate, [
      { fromS: 0, toS: 0.4 },
      { fromS: goesOn, toS: 1 },
    ]);
    for (const { lostMs, repeatedMs } of [silent, seamless]) {
      expect(Math.abs(lostMs - skippedMs)).toBeLessThan(2);
      expect(repeatedMs).toBe(0);
    }
  });

  it('lost its beginning and its end', () => {
    const { lostMs } = analyse(rate, [{ silentMs: 50 }, { fromS: 0.03, toS: 0.95 }]);
    expect(Math.abs(lostMs - 80)).toBeLessThan(2);
  });

  it('repeated what came twice', () => {
    const { lostMs, repeatedMs } = analyse(rate, [
      { fromS: 0, toS: 0.5 },
      { fromS: 0.44, toS: 1 },
    ]);
    expect(lostMs).toBe(0);
    expect(Math.abs(repeatedMs - 60)).toBeLessThan(2);
  });

  it('is late at its end, and nothing else, where it was played slowly', () => {
    const played = analyse(rate, [{ silentMs: 100 }, { fromS: 0, toS: 1, speed: 0.92 }]);
    expect(played).toMatchObject({ gaps: 0, lostMs: 0, edges: 0 });
    expect(played.startsMs[0]).toBeCloseTo(60, 0);
    expect(Math.abs(played.lateMs[0]! - (60 + 1000 / 0.92 - 1000))).toBeLessThan(2);
  });

  it('has a hard edge at every cut, and none at a fade of 5 ms', () => {
    const cut = { fadeMs: 0 };
    const hard = analyse(rate, [
      { silentMs: 20 },
      { fromS: 0.0012, toS: 0.4, ...cut },
      { silentMs: 30 },
      { fromS: 0.4003, toS: 1.0004, ...cut },
      { silentMs: 20 },
    ]);
    expect(hard.edges).toBe(4);
    const soft = analyse(rate, [{ fromS: 0, toS: 0.4 }, { silentMs: 30 }, { fromS: 0.4, toS: 1 }, { silentMs: 20 }]);
    expect(soft.edges).toBe(0);
  });

  it('has a hard edge where the tone jumps without a silence', () => {
    const played = analyse(rate, [
      { fromS: 0, toS: 0.4003, fadeMs: 0 },
      { fromS: 0.45, toS: 1, fadeMs: 0 },
    ]);
    expect(played.edges).toBeGreaterThanOrEqual(1);
    expect(Math.abs(played.lostMs - 49.7)).toBeLessThan(2);
  });
});

describe('turns', () => {
  const turns = [TURN, { fromS: 1.25, toS: 2.25, arrivedMs: BEGAN_MS + 1300 }];

  it('are told apart, with a silence between them or without', () => {
    for (const silentMs of [0, 300]) {
      const recording = madeUp(48_000, [
        { silentMs: 50 },
        { fromS: 0, toS: 1 },
        { silentMs },
        { fromS: 1.25, toS: 2.25 },
        { silentMs: 50 },
      ]);
      const played = analysePlayback(recording, turns);
      expect(played).toMatchObject({ gaps: 0, silenceMs: 0, lostMs: 0, repeatedMs: 0 });
      expect(played.startsMs[0]).toBeCloseTo(10, 0);
      expect(played.startsMs[1]).toBeCloseTo(silentMs - 250, 0);
    }
  });

  it('own the scraps beside them that are too short to be read', () => {
    const recording = madeUp(24_000, [
      { silentMs: 50 },
      { fromS: 0, toS: 0.992 },
      { silentMs: 4 },
      { fromS: 0.992, toS: 1, fadeMs: 1 },
      { silentMs: 246 },
      { fromS: 1.25, toS: 1.258, fadeMs: 1 },
      { silentMs: 5 },
      { fromS: 1.258, toS: 2.25 },
    ]);
    const played = analysePlayback(recording, turns);
    expect(played).toMatchObject({ gaps: 2, lostMs: 0, repeatedMs: 0 });
    expect(Math.abs(played.silenceMs - 9)).toBeLessThan(1);
    expect(played.startsMs[1]).toBeCloseTo(0, 0);
  });

  it('that were never heard are lost, and have no start', () => {
    const played = analysePlayback(madeUp(48_000, [{ silentMs: 50 }, { fromS: 0, toS: 1 }]), turns);
    expect(played.startsMs).toHaveLength(1);
    expect(played.lostMs).toBeCloseTo(1000, 0);
  });

  it('lose everything in an empty recording', () => {
    expect(analysePlayback(madeUp(48_000, []), turns)).toMatchObject({ startsMs: [], lostMs: 2000, gaps: 0 });
  });
});

describe('a flush', () => {
  const recording = madeUp(48_000, [{ silentMs: 10 }, { fromS: 3, toS: 3.5 }, { silentMs: 100 }]);

  it('lasts from the command to the last sample above -40 dB', () => {
    expect(flushMs(recording, BEGAN_MS + 487)).toBeCloseTo(23, 0);
  });

  it('takes no time where the sound ended with the command', () => {
    expect(flushMs(recording, BEGAN_MS + 512)).toBe(0);
  });

  it('is none where it was silent already', () => {
    expect(flushMs(recording, BEGAN_MS + 550)).toBeNull();
  });
});

describe('the clock', () => {
  it('runs evenly where blocks were made in bursts', () => {
    const { rate, samples, blocksMs } = madeUp(48_000, [{ silentMs: 3000 }]);
    const bursts = { rate, samples, blocksMs: blocksMs.map((_, i) => blocksMs[i - (i % 4)]!) };
    const clock = clockOf(bursts);
    for (const at of [0, 1234, 60_000, 140_000]) {
      expect(Math.abs(clock(at) - BEGAN_MS - at / 48)).toBeLessThan(5);
    }
    expect(clock(96_000) - clock(48_000)).toBeCloseTo(1000, 0);
  });

  it('tells by how much the latest block was late', () => {
    const { rate, samples, blocksMs } = madeUp(48_000, [{ silentMs: 2000 }]);
    const late = { rate, samples, blocksMs: blocksMs.map((ms, i) => (i === 300 ? ms + 37 : ms)) };
    expect(latestBlockMs(late)).toBeCloseTo(37, 0);
  });

  it('cuts a recording in two', () => {
    const [before, after] = cutAt(madeUp(48_000, [{ silentMs: 500 }, { fromS: 0, toS: 1 }]), BEGAN_MS + 500);
    expect(before.samples.length / 48).toBeCloseTo(500, -1);
    expect(analysePlayback(after, [{ ...TURN, arrivedMs: BEGAN_MS + 500 }])).toMatchObject({ gaps: 0, lostMs: 0 });
  });
});
