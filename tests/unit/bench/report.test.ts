import { describe, expect, it } from 'vitest';
import type { Figures } from '../../../bench/audio/figures.ts';
import { counted, goals, peersAhead, type Result, type Row, table } from '../../../bench/audio/report.ts';

const FIGURES: Figures = {
  startMs: 50,
  gaps: 0,
  silenceMs: 0,
  lostMs: 0,
  repeatedMs: 0,
  edges: 0,
  lateMs: 50,
  flushMs: 8,
  upP50Ms: 2,
  upP95Ms: 3,
  upP99Ms: 4,
  upMaxMs: 5,
  upLostMs: 0,
  upFrameMs: 20,
  speechMs: 4000,
  disturbedMs: 0,
};

const row = (player: Row['player'], ...rounds: Partial<Figures>[]): Row => ({
  player,
  title: player,
  rounds: (rounds.length > 0 ? rounds : [{}]).map((figures) => ({ ...FIGURES, ...figures })),
  failure: null,
});

const JANK = { busyMs: 300, everyMs: 1000 };
const result = (rows: readonly Row[], { trace = 'clean', jank = null as Result['jank'] } = {}): Result => ({
  trace,
  jank,
  rows,
});

describe('a table', () => {
  it('has the median of the rounds, and a star at the best of each column', () => {
    const text = table(
      result([row('ours', { startMs: 40 }, { startMs: 90 }, { startMs: 50 }), row('hume', { startMs: 5 })]),
    );
    const [ours, hume] = ['ours', 'hume'].map((name) => text.split('\n').find((line) => line.startsWith(`| ${name}`))!);
    expect(ours!.split('|')[2]!.trim()).toBe('50');
    expect(hume!.split('|')[2]!.trim()).toBe('5*');
  });

  it('leaves out what nobody was measured for, and has a dash where one was not', () => {
    const none = { upP50Ms: null, flushMs: null };
    const text = table(result([row('ours', { flushMs: null }), row('hume', none)]));
    expect(text).not.toContain('flush');
    expect(text.split('\n').find((line) => line.startsWith('| hume'))).toMatch(/\| +- \|/);
  });

  it('says who failed, and why', () => {
    expect(table(result([{ ...row('hume'), failure: 'no sound' }]))).toContain('hume failed: no sound');
  });
});

describe('rounds', () => {
  const calm = { ...FIGURES, disturbedMs: 5 };
  const disturbed = { ...FIGURES, disturbedMs: 60 };

  it('in which the machine was late count only where there is no other', () => {
    expect(counted('clean', [disturbed, calm, disturbed])).toEqual([calm]);
    expect(counted('clean', [disturbed, disturbed])).toEqual([disturbed, disturbed]);
  });

  it('all count where each has a line of its own', () => {
    for (const trace of ['wifi', 'loss', 'lte']) expect(counted(trace, [disturbed, calm])).toHaveLength(2);
  });
});

describe('where a peer is ahead', () => {
  it('is said, with both figures', () => {
    const said = peersAhead([result([row('ours'), row('hume', { startMs: 5 }), row('wavtools', { gaps: 3 })])]);
    expect(said).toEqual(['clean: hume (5) is better than ours (50) in start delay, ms.']);
  });

  it('is not said of a difference that is none', () => {
    expect(peersAhead([result([row('ours'), row('hume', { startMs: 49, upP50Ms: 1.5 })])])).toEqual([]);
  });
});

describe('goals', () => {
  const verdicts = (...results: Result[]): Record<string, boolean | null> =>
    Object.fromEntries(goals(results, null).map(({ goal, met }) => [goal, met]));

  it('are met by good figures under a busy main thread', () => {
    const met = Object.values(verdicts(result([row('ours')], { jank: JANK })));
    expect(met).toEqual([true, true, true, true, true, true]);
  });

  it.each([
    ['no underrun', { gaps: 1 }],
    ['uplink p99', { upP99Ms: 11 }],
    ['no sound lost', { lostMs: 20 }],
    ['no voice lost', { upLostMs: 20 }],
    ['no hard edge', { edges: 1 }],
    ['silent at most', { flushMs: 16 }],
  ])('are missed by bad ones: %s', (goal, figures) => {
    const all = verdicts(result([row('ours', figures)], { jank: JANK }));
    const missed = Object.keys(all).filter((name) => all[name] === false);
    expect(missed).toHaveLength(1);
    expect(missed[0]).toContain(goal);
  });

  it('are open where nothing was measured', () => {
    expect(new Set(Object.values(verdicts(result([row('hume')], { jank: JANK }))))).toEqual(new Set([null]));
  });

  it('compare the stalls of all rounds with the best peer’s', () => {
    const peers = [row('hume', { silenceMs: 100 }, { silenceMs: 20 }), row('wavtools', { silenceMs: 400 })];
    const fewer = 'wifi: fewer stalled ms a minute than every peer';
    const against = (...rounds: number[]): boolean | null | undefined =>
      verdicts(result([row('ours', ...rounds.map((silenceMs) => ({ silenceMs }))), ...peers], { trace: 'wifi' }))[
        fewer
      ];
    expect(against(110, 0)).toBe(true);
    expect(against(120, 10)).toBe(false);
  });

  it('want the start delay of a bad line within 220 ms', () => {
    const start = 'lte: start delay at most 220 ms';
    expect(verdicts(result([row('ours', { startMs: 220 })], { trace: 'lte' }))[start]).toBe(true);
    expect(verdicts(result([row('ours', { startMs: 221 })], { trace: 'lte' }))[start]).toBe(false);
  });

  it('include what the arithmetic costs', () => {
    const cost = {
      resamplers: [{ name: 'a', msPerS: 3.1 }],
      blocks: [{ name: 'b', p50Share: 0.01, p99Share: 0.04 }],
    };
    expect(
      goals([], cost)
        .slice(-2)
        .map(({ met }) => met),
    ).toEqual([false, true]);
  });
});
