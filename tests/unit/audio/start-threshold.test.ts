import { describe, expect, it } from 'vitest';
import { StartThreshold } from '../../../src/audio/start-threshold.ts';

/** A turn of frames of 20 ms, each late by what `lateMs` says of it. */
function turn(threshold: StartThreshold, frames: number, lateMs: (frame: number) => number): void {
  for (let i = 0; i < frames; i++) threshold.arrived(10_000 + i * 20 + lateMs(i), 20);
  threshold.turnOver();
}

describe('StartThreshold', () => {
  it('begins with what suits a good network, or with what was learnt before', () => {
    expect(new StartThreshold().ms).toBe(60);
    expect(new StartThreshold(140).ms).toBe(140);
  });

  it.each([
    [-5, 45],
    [9999, 220],
    [NaN, 60],
  ])('takes %d ms from a memory as %d ms', (remembered, ms) => {
    expect(new StartThreshold(remembered).ms).toBe(ms);
  });

  it('is the longest wait of an uneven turn and a margin', () => {
    const threshold = new StartThreshold();
    turn(threshold, 50, (i) => (i === 30 ? 90 : 0));
    expect(threshold.ms).toBe(115);
  });

  it('does not count what came early: it waits by itself', () => {
    const threshold = new StartThreshold();
    turn(threshold, 50, (i) => -12 * i);
    turn(threshold, 50, (i) => -12 * i);
    expect(threshold.ms).toBe(60); // one turn in three is still the first guess
    for (let i = 0; i < 20; i++) turn(threshold, 50, (i) => -12 * i);
    expect(threshold.ms).toBe(45);
  });

  it('lets one bad turn among many good ones go, when it is long ago', () => {
    const threshold = new StartThreshold();
    turn(threshold, 50, (i) => (i === 30 ? 150 : 0));
    expect(threshold.ms).toBe(175);
    let after = 0;
    while (threshold.ms > 60 && after < 20) {
      turn(threshold, 50, () => 0);
      after++;
    }
    expect(after).toBeGreaterThan(3);
    expect(after).toBeLessThanOrEqual(12);
  });

  it('learns nothing from a turn too short to tell', () => {
    const threshold = new StartThreshold(100);
    turn(threshold, 9, (i) => i * 50);
    expect(threshold.ms).toBe(100);
  });

  it('takes a pause of a second for the speaker’s own', () => {
    const threshold = new StartThreshold();
    turn(threshold, 50, (i) => (i > 20 ? 1500 : 0));
    expect(threshold.ms).toBe(60);
  });

  it('rises at once when a turn runs dry, within its bounds', () => {
    const threshold = new StartThreshold();
    threshold.ranDry();
    expect(threshold.ms).toBe(80);
    threshold.ranDry();
    expect(threshold.ms).toBe(100);
    for (let i = 0; i < 9; i++) threshold.ranDry();
    expect(threshold.ms).toBe(220);
    expect(threshold.resumeMs).toBe(160);
  });

  it('tells the jitter of RFC 3550: none where frames are even', () => {
    const threshold = new StartThreshold();
    turn(threshold, 50, () => 0);
    expect(threshold.jitterMs).toBe(0);
    turn(threshold, 200, (i) => (i % 2) * 10);
    expect(threshold.jitterMs).toBeCloseTo(10, 0);
  });

  it('learns of the line, not of how long frames are', () => {
    const threshold = new StartThreshold();
    for (let turns = 0; turns < 20; turns++) {
      for (let i = 0; i < 10; i++) threshold.arrived(i * 100 + (i === 5 ? 30 : 0), 100);
      threshold.turnOver();
    }
    expect(threshold.ms).toBe(135);
    expect(threshold.learntMs).toBe(55);
    threshold.arrived(0, 20);
    expect(threshold.ms).toBe(55);
  });
});
