import { describe, expect, it } from 'vitest';
import { qualityOf } from '../../../src/call/quality.ts';
import { callStats } from '../../../src/call/stats.ts';

const PLAYOUT = {
  sampleRate: 48_000,
  mediaRate: 24_000,
  jitterMs: 12,
  thresholdMs: 60,
  bufferedMs: 85,
  underruns: 2,
  stalledMs: 250,
  playedMs: 9_750,
  concealedSamples: 4_800,
  concealmentEvents: 3,
  slowedSamples: 960,
  latencyMs: 25,
};
const CAPTURE = { sampleRate: 44_100, frames: 500, frameMs: 20, latencyMs: 15 };
const FORMAT = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 } as const;
const LINE = {
  sentFrames: 490,
  droppedFrames: 1,
  rttMs: 40,
  backlogMs: 60,
  receivedMs: 9_900,
  up: FORMAT,
  down: { ...FORMAT, sample_rate: 24_000 },
  bufferedAmount: 0,
} as const;

describe('the statistics of a call', () => {
  it('are in seconds, samples and frames, as WebRTC has them', () => {
    expect(callStats(PLAYOUT, CAPTURE, LINE, 1_700_000_000_000.5)).toEqual({
      timestamp: 1_700_000_000_000.5,
      currentRoundTripTime: 0.04,
      jitter: 0.012,
      startThreshold: 0.06,
      bufferLevel: 0.085,
      underruns: 2,
      totalStalledTime: 0.25,
      concealedSamples: 4_800,
      concealmentEvents: 3,
      insertedSamplesForDeceleration: 960,
      totalSamplesPlayed: 468_000,
      framesSent: 490,
      framesDropped: 1,
      uplinkBacklog: 0.06,
      captureLatency: 0.015,
      outputLatency: 0.025,
      captureSampleRate: 44_100,
      playoutSampleRate: 48_000,
      uplink: FORMAT,
      downlink: { ...FORMAT, sample_rate: 24_000 },
      // 120 ms of delay; 250 ms of 10 s were missing.
      quality: qualityOf(120, 0.025),
    });
  });

  it('say null of what is not known yet, and judge without it', () => {
    const nothing = { playedMs: 0, stalledMs: 0, concealedSamples: 0 };
    const line = { ...LINE, rttMs: null, up: null, down: null };
    const stats = callStats({ ...PLAYOUT, ...nothing }, { ...CAPTURE, latencyMs: null }, line, 0);
    expect(stats).toMatchObject({ currentRoundTripTime: null, captureLatency: null, uplink: null, downlink: null });
    expect(stats.quality).toBe(qualityOf(85, 0));
  });
});

describe('the quality of a call', () => {
  it.each([
    [0, 0, 4.4],
    [100, 0, 4.4],
    [177.3, 0, 4.3],
    [300, 0, 3.7],
    [600, 0, 1.7],
    [100, 0.01, 4.3],
    [100, 0.05, 3.8],
    [100, 0.2, 2.5],
    [0, 1, 1.2],
    [10_000, 1, 1],
    [Infinity, 0, 1],
  ])('with %f ms of delay and %f of it missing is %f', (delayMs, missing, quality) => {
    expect(qualityOf(delayMs, missing)).toBe(quality);
  });

  it('never rises with delay or with loss, and stays on its scale', () => {
    let before = 5;
    for (let delayMs = 0; delayMs <= 2_000; delayMs += 10) {
      const quality = qualityOf(delayMs, 0);
      expect(quality).toBeLessThanOrEqual(before);
      expect(quality).toBeGreaterThanOrEqual(1);
      before = quality;
    }
    before = 5;
    for (let missing = 0; missing <= 1; missing += 0.01) {
      const quality = qualityOf(150, missing);
      expect(quality).toBeLessThanOrEqual(before);
      expect(quality).toBeGreaterThanOrEqual(1);
      before = quality;
    }
  });
});
