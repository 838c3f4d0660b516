import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Speaker } from '../../../src/audio/speaker.ts';
import type { DownlinkMessage, HeardReport } from '../../../src/protocol/media.ts';
import { cannot } from '../engine.ts';
import { Recorder } from './recorder.ts';
import { amplitude, contextForTest, say, signalForTest, TURN, withoutWorklet, withWorklet } from './sounds.ts';

/** An open speaker, what comes out of it and what it tells. */
async function openSpeaker(adapt: (context: AudioContext) => AudioContext) {
  const context = contextForTest();
  const recorder = await Recorder.start(context);
  const { port1, port2 } = new MessageChannel();
  const reports: HeardReport[] = [];
  const audible: (string | null)[] = [];
  port2.onmessage = ({ data }: MessageEvent<HeardReport>) => reports.push(data);
  const speaker = await Speaker.open({ context: adapt(context), port: port1, signal: signalForTest() });
  speaker.onaudible = (turnId) => audible.push(turnId);
  return { speaker, recorder, context, downlink: port2, reports, audible };
}

const isSilent = (signal: Float32Array): boolean => signal.every((sample) => sample === 0);

describe.each([
  ['with AudioWorklet', withWorklet, 0.03],
  // Two blocks of 21 ms lie between the page and the output.
  ['without AudioWorklet', withoutWorklet, 0.08],
])('Speaker %s', (_, adapt, silentWithin) => {
  it('plays what comes through its port, at its own pitch and strength', async () => {
    const { speaker, recorder, downlink, audible, context } = await openSpeaker(adapt);
    say(downlink, 1000);
    await vi.waitFor(() => expect(audible).toEqual([TURN]), { interval: 5 });
    const from = context.currentTime + silentWithin; // As long as it goes on after a clear, it takes to begin.
    await vi.waitFor(() => expect(speaker.level).toBeGreaterThan(0.8), { interval: 5 });
    await vi.waitFor(() => expect(recorder.end).toBeGreaterThan(from + 0.5));
    // Without a worklet a busy machine leaves gaps: a tenth of a second that has none tells.
    const tenths = [0, 0.1, 0.2, 0.3, 0.4].map((at) => recorder.between(from + at, from + at + 0.1));
    expect(Math.max(...tenths.map((tenth) => amplitude(tenth, context.sampleRate)))).toBeCloseTo(0.5, 1);
    await vi.waitFor(() => expect(audible).toEqual([TURN, null]));
    await vi.waitFor(() => expect(speaker.level).toBe(0));
    await speaker.close();
  });

  it('reports what was heard while it plays, and once when all of it was', async () => {
    const { speaker, downlink, reports } = await openSpeaker(adapt);
    say(downlink, 600);
    await vi.waitFor(() => expect(reports.at(-1)?.done).toBe(true));
    expect(reports.at(-1)).toEqual({ type: 'heard', turnId: TURN, turnMs: 600, playedMs: 600, done: true });
    expect(reports.length).toBeGreaterThan(4);
    expect(reports.length).toBeLessThan(9);
    await speaker.close();
  });

  it(`is silent within ${silentWithin * 1000} ms of a clear`, { timeout: 20_000 }, async () => {
    const { speaker, recorder, downlink, reports, audible, context } = await openSpeaker(adapt);
    const turns: string[] = [];
    /** For how many seconds a turn still sounds when it has been cleared. */
    const soundingAfterClear = async (): Promise<number> => {
      const turnId = `turn_${turns.length + 1}`;
      turns.push(turnId);
      say(downlink, 12_000, { turnId });
      const ofTurn = (): HeardReport[] => reports.filter((report) => report.turnId === turnId);
      await vi.waitFor(() => expect(ofTurn().length).toBeGreaterThan(1), { timeout: 3000 });
      const clearedAt = context.currentTime;
      downlink.postMessage({ type: 'clear', turnId } satisfies DownlinkMessage);
      await vi.waitFor(() => expect(recorder.end).toBeGreaterThan(clearedAt + 0.5), { timeout: 3000 });
      expect(isSilent(recorder.between(clearedAt - 0.1, clearedAt))).toBe(false);
      expect(ofTurn().at(-1)!.done).toBe(true);
      expect(ofTurn().at(-1)!.turnMs).toBeLessThan(1000);
      const after = recorder.between(clearedAt, clearedAt + 0.5);
      return (after.findLastIndex((sample) => sample !== 0) + 1) / context.sampleRate;
    };
    // On a busy machine a message may wait for its turn: one clear that did not tells.
    await expect.poll(soundingAfterClear, { timeout: 14_000, interval: 0 }).toBeLessThanOrEqual(silentWithin);
    expect(audible).toEqual(turns.flatMap((turn) => [turn, null]));
    say(downlink, 200, { turnId: 'last' });
    await vi.waitFor(() => expect(reports.at(-1)).toMatchObject({ turnId: 'last', turnMs: 200, done: true }));
    await speaker.close();
  });

  it('reports to within 20 ms what was heard of a turn that was cleared', async () => {
    const { speaker, recorder, downlink, reports, context } = await openSpeaker(adapt);
    const from = context.currentTime;
    say(downlink, 3000);
    await vi.waitFor(() => expect(reports.length).toBeGreaterThan(4));
    downlink.postMessage({ type: 'clear', turnId: TURN } satisfies DownlinkMessage);
    await vi.waitFor(() => expect(reports.at(-1)!.done).toBe(true));
    const { latencyMs } = (await speaker.getStats())!;
    const stoppedAt = context.currentTime;
    await vi.waitFor(() => expect(recorder.end).toBeGreaterThan(stoppedAt + 0.2));
    const played = recorder.between(from, recorder.end);
    const sounding = played.filter((sample) => sample !== 0).length;
    // What was written, less the fade at its end, and less what had not reached the ear by then. Gaps are no part of it.
    const heardMs = (sounding * 1000) / context.sampleRate - 5 - latencyMs;
    expect(Math.abs(reports.at(-1)!.turnMs - heardMs)).toBeLessThan(20);
    await speaker.close();
  });

  it('gives everything back when closed, and may be closed twice', async () => {
    const { speaker, recorder, downlink, audible, reports, context } = await openSpeaker(adapt);
    say(downlink, 2000);
    await vi.waitFor(() => expect(audible).toEqual([TURN]));
    await speaker.close();
    await speaker.close();
    expect(speaker.level).toBe(0);
    const closedAt = context.currentTime;
    await vi.waitFor(() => expect(recorder.end).toBeGreaterThan(closedAt + 0.2));
    expect(isSilent(recorder.between(closedAt + 0.1, closedAt + 0.2))).toBe(true);
    expect(audible).toEqual([TURN]);
    const before = reports.length;
    say(downlink, 200, { turnId: 'turn_2' });
    await vi.waitFor(() => expect(recorder.end).toBeGreaterThan(closedAt + 0.8));
    expect(reports).toHaveLength(before);
  });
});

describe('Speaker', () => {
  it('lets its port go when it is aborted', async () => {
    const { port1 } = new MessageChannel();
    const closePort = vi.spyOn(port1, 'close');
    const opening = Speaker.open({ context: contextForTest(), port: port1, signal: AbortSignal.abort('left') });
    await expect(opening).rejects.toBe('left');
    expect(closePort).toHaveBeenCalled();
  });
});

describe('Speaker on a chosen device', () => {
  it('plays there, and counts what lies between into what has been heard', async (test) => {
    cannot(test, { webkit: 'has no element that can choose its speaker' });
    const { speaker, downlink, reports, context } = await openSpeaker((context) =>
      // As in a browser whose contexts can't choose: the voice goes through an element.
      Object.defineProperty(context, 'setSinkId', { value: undefined }),
    );
    const played: string[] = [];
    vi.spyOn(HTMLMediaElement.prototype, 'setSinkId').mockImplementation(async (id) => void played.push(id));
    onTestFinished(() => void vi.restoreAllMocks());
    await speaker.setDevice('headset');
    expect(played).toEqual(['headset']);
    expect(speaker.deviceId).toBe('headset');
    say(downlink, 400);
    await vi.waitFor(() => expect(reports.at(-1)?.done).toBe(true));
    const stats = await speaker.getStats();
    expect(stats!.latencyMs).toBeGreaterThanOrEqual(55);
    expect(stats).toMatchObject({ sampleRate: context.sampleRate, mediaRate: 24_000, underruns: 0, playedMs: 400 });
    await speaker.close();
    expect(await speaker.getStats()).toEqual(stats);
  });
});
