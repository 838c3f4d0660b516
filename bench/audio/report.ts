/** What a run of the bench says: tables, what a peer does better, and which goals are met. Pure: figures in, text out. */

import type { Cost, Figures, Jank } from './figures.ts';
import type { PlayerName } from './players.ts';

type Measure = Exclude<keyof Figures, 'speechMs' | 'disturbedMs'>;

export interface Row {
  readonly player: PlayerName;
  readonly title: string;
  /** One for each round. */
  readonly rounds: readonly Figures[];
  /** Why there are none, or fewer. */
  readonly failure: string | null;
}

export interface Result {
  readonly trace: string;
  /** Null where the main thread was left alone. */
  readonly jank: Jank | null;
  readonly rows: readonly Row[];
}

interface Column {
  readonly key: Measure;
  readonly head: string;
  /** In a sentence. */
  readonly name: string;
  readonly unit: 'ms' | '';
  /** Less is no difference. */
  readonly step: number;
}

/** Less is better in each. */
const COLUMNS: readonly Column[] = [
  { key: 'startMs', head: 'start', name: 'start delay', unit: 'ms', step: 2 },
  { key: 'gaps', head: 'gaps', name: 'gaps', unit: '', step: 1 },
  { key: 'silenceMs', head: 'silence', name: 'silence within turns', unit: 'ms', step: 2 },
  { key: 'lostMs', head: 'lost', name: 'sound never played', unit: 'ms', step: 2 },
  { key: 'repeatedMs', head: 'again', name: 'sound played again or made up', unit: 'ms', step: 2 },
  { key: 'edges', head: 'edges', name: 'hard edges', unit: '', step: 1 },
  { key: 'lateMs', head: 'late', name: 'lateness at the end of a turn', unit: 'ms', step: 2 },
  { key: 'flushMs', head: 'flush', name: 'command to silence', unit: 'ms', step: 2 },
  { key: 'upP50Ms', head: 'up p50', name: 'uplink p50', unit: 'ms', step: 1 },
  { key: 'upP95Ms', head: 'p95', name: 'uplink p95', unit: 'ms', step: 1 },
  { key: 'upP99Ms', head: 'p99', name: 'uplink p99', unit: 'ms', step: 1 },
  { key: 'upMaxMs', head: 'max', name: 'uplink maximum', unit: 'ms', step: 2 },
  { key: 'upFrameMs', head: 'frame', name: 'wait for an uplink frame to fill', unit: 'ms', step: 1 },
  { key: 'upLostMs', head: 'up lost', name: 'voice lost on its way up', unit: 'ms', step: 2 },
];

/** What this project wants of itself. */
const GOALS = { upP99Ms: 10, flushMs: 15, startMs: 220, resamplerMs: 3, blockShare: 0.05 };

/** A frame sent, or a block made, this late was not the player's doing. */
const DISTURBED_MS = 25;

export const isDisturbed = ({ disturbedMs }: Figures): boolean => disturbedMs > DISTURBED_MS;

/**
 * The rounds that count. Where each is the same line, those in which the machine itself was late count only if there is
 * no other; where each has a line of its own all do, so that every player is measured on the same ones.
 */
export function counted(trace: string, rounds: readonly Figures[]): readonly Figures[] {
  const calm = rounds.filter((figures) => !isDisturbed(figures));
  return calm.length > 0 && (trace === 'clean' || trace === 'tts') ? calm : rounds;
}

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}

const valuesOf = ({ rounds }: Row, key: Measure): number[] =>
  rounds.map((figures) => figures[key]).filter((value) => value !== null);

const middle = (row: Row, key: Measure): number | null => median(valuesOf(row, key));

const worst = (row: Row, key: Measure): number | null => {
  const values = valuesOf(row, key);
  return values.length > 0 ? Math.max(...values) : null;
};

export function conditionOf({ trace, jank }: Result): string {
  return jank ? `${trace}, main thread busy ${jank.busyMs} of every ${jank.everyMs} ms` : trace;
}

/** One condition: a line a player, the median of its rounds, the best of each column with a star. */
export function table(result: Result): string {
  const best = new Map(
    COLUMNS.map(({ key }) => {
      const values = result.rows.map((row) => middle(row, key)).filter((value) => value !== null);
      return [key, Math.round(Math.min(...values) * 10) / 10];
    }),
  );
  // A column in which nobody has a figure was not measured here.
  const columns = COLUMNS.filter(({ key }) => result.rows.some((row) => middle(row, key) !== null));
  const lines = [
    ['', ...columns.map(({ head, unit }) => (unit ? `${head} ${unit}` : head))],
    ...result.rows.map((row) => [
      row.title,
      ...columns.map(({ key }) => {
        const value = middle(row, key);
        if (value === null) return '-';
        return `${number(value)}${Math.round(value * 10) / 10 === best.get(key) ? '*' : ''}`;
      }),
    ]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(3, ...lines.map((line) => line[column]!.length)));
  const text = lines.map(
    (line) =>
      `| ${line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const notes = result.rows.flatMap(({ title, failure }) => (failure ? [`${title} failed: ${failure}`] : []));
  return [
    `## ${conditionOf(result)}`,
    '',
    text[0],
    rule,
    ...text.slice(1),
    ...(notes.length ? ['', ...notes] : []),
  ].join('\n');
}

/** A sentence for every measure in which a peer is better than ours. */
export function peersAhead(results: readonly Result[]): string[] {
  return results.flatMap((result) => {
    const ours = result.rows.find(({ player }) => player === 'ours');
    if (!ours) return [];
    return COLUMNS.flatMap(({ key, name, unit, step }) => {
      const own = middle(ours, key);
      if (own === null) return [];
      const ahead = result.rows
        .map((row) => ({ title: row.title, value: middle(row, key) }))
        .filter(({ value }) => value !== null && value <= own - step)
        .toSorted((a, b) => a.value! - b.value!)
        .map(({ title, value }) => `${title} (${number(value!)})`);
      if (ahead.length === 0) return [];
      const verb = ahead.length > 1 ? 'are' : 'is';
      return [
        `${conditionOf(result)}: ${ahead.join(', ')} ${verb} better than ours (${number(own)}) in ${name}${unit && `, ${unit}`}.`,
      ];
    });
  });
}

export interface Goal {
  readonly goal: string;
  readonly found: string;
  /** Null where this run did not measure it. */
  readonly met: boolean | null;
}

export function goals(results: readonly Result[], cost: Cost | null): Goal[] {
  const all: Goal[] = [];
  const add = (goal: string, found: string, met: boolean | null): void => void all.push({ goal, found, met });
  const jank = results.find(({ trace, jank }) => trace === 'clean' && jank?.busyMs === 300);
  const ours = jank?.rows.find(({ player }) => player === 'ours');
  const where = 'main thread busy 300 of every 1000 ms';
  const atMost = (name: string, key: Measure, limit: number): void => {
    const value = ours ? middle(ours, key) : null;
    const most = ours ? worst(ours, key) : null;
    const met = value === null ? null : value <= limit;
    add(`${where}: ${name}`, value === null ? 'not measured' : `${number(value)}, worst ${number(most!)}`, met);
  };
  atMost('no underrun', 'gaps', 0);
  atMost('uplink p99 at most 10 ms', 'upP99Ms', GOALS.upP99Ms);
  atMost('no sound lost, ms', 'lostMs', 0);
  atMost('no voice lost, ms', 'upLostMs', 0);
  atMost('no hard edge', 'edges', 0);
  atMost('silent at most 15 ms after the command', 'flushMs', GOALS.flushMs);
  for (const trace of ['wifi', 'lte', 'loss']) {
    const result = results.find((result) => result.trace === trace && !result.jank);
    const own = result?.rows.find(({ player }) => player === 'ours');
    if (!result || !own) continue;
    const stalled = stalledPerMinute(own);
    const peers = result.rows.flatMap((row) => {
      const value = row.player === 'ours' ? null : stalledPerMinute(row);
      return value === null ? [] : [{ title: row.title, value }];
    });
    const least = peers.toSorted((a, b) => a.value - b.value)[0];
    add(
      `${trace}: fewer stalled ms a minute than every peer`,
      `${stalled === null ? '-' : number(stalled)}; the best peer, ${least?.title ?? 'none'}, ${least ? number(least.value) : '-'}`,
      stalled === null || !least ? null : stalled < least.value || stalled === 0,
    );
    const start = middle(own, 'startMs');
    add(
      `${trace}: start delay at most 220 ms`,
      start === null ? 'not measured' : number(start),
      start === null ? null : start <= GOALS.startMs,
    );
  }
  for (const { name, msPerS } of cost?.resamplers ?? []) {
    add(`resampler ${name}: at most 3 ms a second of sound`, msPerS.toFixed(2), msPerS <= GOALS.resamplerMs);
  }
  for (const { name, p99Share } of cost?.blocks ?? []) {
    const found = `${(p99Share * 100).toFixed(2)}%`;
    add(`${name}: p99 at most 5% of a quantum`, found, p99Share <= GOALS.blockShare);
  }
  return all;
}

/** Of all rounds together: each has its own line, and some hardly stall. */
function stalledPerMinute({ rounds }: Row): number | null {
  const speechMs = rounds.reduce((sum, figures) => sum + figures.speechMs, 0);
  const silenceMs = rounds.reduce((sum, figures) => sum + figures.silenceMs, 0);
  return speechMs > 0 ? (silenceMs / speechMs) * 60_000 : null;
}

function number(value: number): string {
  const rounded = Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  return String(rounded === 0 ? 0 : rounded);
}
