import { describe, expect, it } from 'vitest';
import { Playout } from '../../../src/audio/playout.ts';
import type { HeardReport } from '../../../src/protocol/media.ts';
import { tone, toPcm16 } from '../dsp/tones.ts';

const RATE = 48_000;

function playout(latencyMs = 0, block = 128) {
  const reports: HeardReport[] = [];
  const audible: { turnId: string | null; atMs: number }[] = [];
  const levels: number[] = [];
  const learnt: number[] = [];
  const out = new Float32Array(block);
  let clock = 0;
  const line = new Playout(RATE, {
    heard: (report) => reports.push({ ...report }),
    audible: (turnId) => audible.push({ turnId, atMs: (clock * 1000) / RATE }),
    level: (level) => levels.push(level),
    learnt: (startMs) => learnt.push(startMs),
  });
  line.latencyMs = latencyMs;
  line.receive({ type: 'format', sampleRate: 24_000 });
  return {
    line,
    reports,
    audible,
    levels,
    learnt,
    speak(turnId: string, ms: number): void {
      for (let at = 0; at < ms; at += 20) {
        const pcm = toPcm16(tone(500, 24_000, 480, 0.5, at * 24)).buffer;
        line.receive({ type: 'frame', turnId, pcm });
      }
    },
    play(ms: number): void {
      for (const end = clock + (ms * RATE) / 1000; clock < end;) {
        clock += out.length;
        line.render(out);
      }
    },
  };
}

describe('Playout', () => {
  it('reports every 100 ms while a turn plays, and once more when it was heard to its end', () => {
    const { line, reports, speak, play } = playout();
    line.receive({ type: 'turn_start', turnId: 'one' });
    speak('one', 1000);
    line.receive({ type: 'turn_end', turnId: 'one' });
    play(1200);
    expect(reports.length).toBeGreaterThanOrEqual(10);
    expect(reports.length).toBeLessThanOrEqual(12);
    expect(reports.at(-1)).toEqual({ type: 'heard', turnId: 'one', turnMs: 1000, playedMs: 1000, done: true });
    for (const [i, report] of reports.slice(0, -1).entries()) {
      expect(report.done).toBe(false);
      expect(report.turnMs).toBeGreaterThan(reports[i - 1]?.turnMs ?? -1);
    }
  });

  it('counts as heard only what the output has had time to let out', () => {
    const { line, reports, audible, speak, play } = playout(200);
    line.receive({ type: 'turn_start', turnId: 'one' });
    speak('one', 400);
    line.receive({ type: 'turn_end', turnId: 'one' });
    play(190);
    expect(reports).toEqual([]);
    expect(audible).toEqual([]);
    play(120);
    expect(reports.at(-1)!.turnMs).toBeLessThan(120);
    play(280);
    expect(reports.at(-1)!.done).toBe(false);
    play(30);
    expect(reports.at(-1)).toMatchObject({ turnMs: 400, done: true });
    expect(audible.map(({ turnId }) => turnId)).toEqual(['one', null]);
    expect(audible[0]!.atMs).toBeGreaterThan(200);
    expect(audible[0]!.atMs).toBeLessThan(210);
    expect(audible[1]!.atMs).toBeGreaterThan(600);
    expect(audible[1]!.atMs).toBeLessThan(610);
  });

  it('counts no silence of an underrun as heard', () => {
    const { line, reports, speak, play } = playout();
    line.receive({ type: 'turn_start', turnId: 'one' });
    speak('one', 100);
    play(500);
    expect(reports.at(-1)!.turnMs).toBe(100);
    speak('one', 100);
    line.receive({ type: 'turn_end', turnId: 'one' });
    play(300);
    expect(reports.at(-1)).toMatchObject({ turnMs: 200, playedMs: 200, done: true });
  });

  it('adds up what was heard of all turns', () => {
    const { line, reports, speak, play } = playout(50);
    for (const turnId of ['one', 'two']) {
      line.receive({ type: 'turn_start', turnId });
      speak(turnId, 300);
      line.receive({ type: 'turn_end', turnId });
    }
    play(800);
    expect(reports.filter(({ done }) => done)).toEqual([
      { type: 'heard', turnId: 'one', turnMs: 300, playedMs: 300, done: true },
      { type: 'heard', turnId: 'two', turnMs: 300, playedMs: 600, done: true },
    ]);
  });

  it('answers a clear at once with what had been heard by then, and stays at it', () => {
    const { line, reports, audible, speak, play } = playout(100);
    line.receive({ type: 'turn_start', turnId: 'one' });
    speak('one', 5000);
    play(600);
    line.receive({ type: 'clear', turnId: 'one' });
    const answer = reports.at(-1)!;
    expect(answer).toMatchObject({ turnId: 'one', done: true });
    expect(answer.turnMs).toBeGreaterThan(490);
    expect(answer.turnMs).toBeLessThanOrEqual(500);
    expect(audible.at(-1)!.turnId).toBeNull();
    const before = reports.length;
    play(1000);
    expect(reports).toHaveLength(before);
    line.receive({ type: 'clear', turnId: 'one' });
    expect(reports.at(-1)).toEqual(answer);
  });

  it('answers a clear as exactly where blocks are long', () => {
    const { line, reports, speak, play } = playout(100, 1024);
    line.receive({ type: 'turn_start', turnId: 'one' });
    speak('one', 5000);
    play(600);
    line.receive({ type: 'clear', turnId: 'one' });
    // 29 blocks of 21.3 ms, less the latency and the filter's delay.
    expect(Math.abs(reports.at(-1)!.turnMs - ((29 * 1024) / 48 - 100))).toBeLessThan(3);
  });

  it('answers a clear of a turn that waits, and lets the one before it be heard out', () => {
    const { line, reports, audible, speak, play } = playout(100);
    for (const turnId of ['one', 'two', 'three']) {
      line.receive({ type: 'turn_start', turnId });
      speak(turnId, 300);
    }
    play(200);
    line.receive({ type: 'clear', turnId: 'two' });
    expect(reports.at(-1)).toMatchObject({ turnId: 'two', turnMs: 0, done: true });
    play(500);
    expect(reports.at(-1)).toEqual({ type: 'heard', turnId: 'one', turnMs: 300, playedMs: 300, done: true });
    expect(audible.map(({ turnId }) => turnId)).toEqual(['one', null]);
  });

  it('keeps its account when a turn is cleared on its way to the ear', () => {
    const { line, reports, speak, play } = playout(200);
    line.receive({ type: 'turn_start', turnId: 'one' });
    speak('one', 100);
    line.receive({ type: 'turn_end', turnId: 'one' });
    play(150);
    line.receive({ type: 'clear', turnId: 'one' });
    expect(reports).toEqual([{ type: 'heard', turnId: 'one', turnMs: 0, playedMs: 0, done: true }]);
    line.receive({ type: 'turn_start', turnId: 'two' });
    speak('two', 100);
    line.receive({ type: 'turn_end', turnId: 'two' });
    play(400);
    expect(reports.at(-1)).toEqual({ type: 'heard', turnId: 'two', turnMs: 100, playedMs: 100, done: true });
  });

  it('says that a turn without any sound is done', () => {
    const { line, reports, play } = playout();
    line.receive({ type: 'turn_start', turnId: 'one' });
    line.receive({ type: 'turn_end', turnId: 'one' });
    play(10);
    expect(reports).toEqual([{ type: 'heard', turnId: 'one', turnMs: 0, playedMs: 0, done: true }]);
  });

  it.each([
    [200, ['one', null]],
    [600, ['one', null, 'one', null]],
  ])('with a gap of %i ms within a turn tells %j', (gapMs, told) => {
    const { line, audible, speak, play } = playout();
    line.receive({ type: 'turn_start', turnId: 'one' });
    speak('one', 100);
    play(100 + gapMs);
    speak('one', 100);
    line.receive({ type: 'turn_end', turnId: 'one' });
    play(300);
    expect(audible.map(({ turnId }) => turnId)).toEqual(told);
  });

  it('shows how loud it is, and level 0 once it is silent', () => {
    const { line, levels, speak, play } = playout();
    line.receive({ type: 'turn_start', turnId: 'one' });
    speak('one', 500);
    line.receive({ type: 'turn_end', turnId: 'one' });
    play(1000);
    expect(levels.at(4)).toBeGreaterThan(0.8);
    expect(levels.at(-1)).toBe(0);
    expect(levels.length).toBeLessThan(13);
  });

  it('tells what it has learnt once a turn has taught it', () => {
    const { line, learnt, speak, play } = playout();
    for (const turnId of ['one', 'two']) {
      line.receive({ type: 'turn_start', turnId });
      speak(turnId, 100);
      play(300);
      speak(turnId, 200);
      line.receive({ type: 'turn_end', turnId });
      play(400);
    }
    expect(learnt).toHaveLength(1);
    expect(learnt[0]).toBeCloseTo(225 - 5, 0);
  });

  it('tells what it has learnt of a turn that is cleared, too', () => {
    const { line, learnt, speak, play } = playout();
    line.receive({ type: 'turn_start', turnId: 'one' });
    speak('one', 100);
    play(200);
    speak('one', 200);
    line.receive({ type: 'clear', turnId: 'one' });
    expect(learnt).toHaveLength(1);
    expect(learnt[0]).toBeCloseTo(125, -1);
  });

  it('keeps account of what was not as it should be', () => {
    const { line, speak, play } = playout(30);
    expect(line.stats).toMatchObject({ sampleRate: RATE, mediaRate: 24_000, underruns: 0, bufferedMs: 0 });
    line.receive({ type: 'turn_start', turnId: 'one' });
    speak('one', 200);
    play(100);
    expect(line.stats.bufferedMs).toBeCloseTo(100, -1);
    play(200);
    speak('one', 200);
    line.receive({ type: 'turn_end', turnId: 'one' });
    play(300);
    const { stats } = line;
    expect(stats).toMatchObject({ underruns: 1, concealmentEvents: 1, playedMs: 400, latencyMs: 30, slowedSamples: 0 });
    expect(stats.concealedSamples).toBeCloseTo(0.04 * RATE, -2);
    expect(stats.stalledMs).toBeCloseTo(100, -1);
  });

  it('is silent one fade after it is stopped, and tells how far it was heard', () => {
    const { line, reports, speak, play } = playout();
    line.receive({ type: 'turn_start', turnId: 'one' });
    speak('one', 1000);
    play(277);
    line.stop();
    expect(reports.at(-1)).toMatchObject({ turnId: 'one', done: false });
    expect(reports.at(-1)!.turnMs).toBeCloseTo(277, -1);
    const told = reports.length;
    expect(line.silent).toBe(false);
    play(8);
    expect(line.silent).toBe(true);
    play(500);
    expect(reports).toHaveLength(told);
  });
});
