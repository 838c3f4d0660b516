import { describe, expect, it } from 'vitest';
import { HeardClock } from '../../../src/audio/heard-clock.ts';
import { JitterBuffer } from '../../../src/audio/jitter-buffer.ts';
import { rmsDb, steepest, strengthDb, tone, toPcm16 } from '../dsp/tones.ts';

const RATE = 48_000;
const QUANTUM = 128;

/** A jitter buffer that is fed a tone of 500 Hz, and what it played. */
function player(mediaRate = 24_000) {
  const heard = new HeardClock();
  const buffer = new JitterBuffer(RATE, heard);
  buffer.format(mediaRate);
  const played: number[] = [];
  let phase = 0;
  let owed = 0;
  const sound = (ms: number): Int16Array<ArrayBuffer> => {
    const count = (mediaRate * ms) / 1000;
    phase += count;
    return toPcm16(tone(500, mediaRate, count, 0.8, phase - count));
  };
  return {
    heard,
    buffer,
    /** `ms` more of a turn's voice arrives, in frames of 20 ms. */
    feed(turnId: string, ms: number): void {
      for (let left = ms; left > 0; left -= 20) buffer.write(turnId, sound(Math.min(20, left)));
    },
    /** Plays `ms`, up to the next whole quantum; returns those samples. */
    play(ms: number): Float32Array {
      const from = played.length;
      const out = new Float32Array(QUANTUM);
      owed += (ms * RATE) / 1000;
      for (; owed > 0; owed -= QUANTUM) {
        buffer.read(out);
        played.push(...out);
      }
      return Float32Array.from(played.slice(from));
    },
    /** Everything played so far. */
    all: () => Float32Array.from(played),
    /** Media heard of the turn so far, were there no latency. */
    turnMs(): number {
      while (heard.advance(buffer.clock));
      return heard.turnMs;
    },
  };
}

const isSilent = (signal: Float32Array): boolean => signal.every((sample) => sample === 0);
/** Samples before the first that is not silent. */
const silenceBefore = (signal: Float32Array): number => signal.findIndex((sample) => sample !== 0);
/** Samples up to and with the last that is not silent. */
const soundEnd = (signal: Float32Array): number => signal.findLastIndex((sample) => sample !== 0) + 1;
const ms = (samples: number): number => (samples * 1000) / RATE;
/** Of the tone that `player` feeds: no honest step is larger. */
const STEEPEST = 0.8 * 2 * Math.PI * (500 / RATE) * 1.05;

describe('JitterBuffer', () => {
  it('starts a turn once 60 ms of it are there', () => {
    const { buffer, feed, play } = player();
    buffer.start('one');
    feed('one', 40);
    expect(isSilent(play(100))).toBe(true);
    feed('one', 20);
    expect(silenceBefore(play(20))).toBeLessThan(QUANTUM);
  });

  it('starts a shorter turn once its end has come', () => {
    const { buffer, feed, play } = player();
    buffer.start('one');
    feed('one', 30);
    expect(isSilent(play(100))).toBe(true);
    buffer.end('one');
    expect(ms(soundEnd(play(100)))).toBeCloseTo(31, 0);
  });

  it.each([8000, 16_000, 22_050, 24_000, 44_100, 48_000])('plays %i Hz at its own pitch and length', (rate) => {
    const { buffer, feed, play } = player(rate);
    buffer.start('one');
    feed('one', 1000);
    buffer.end('one');
    const sound = play(1100);
    expect(ms(soundEnd(sound) - silenceBefore(sound))).toBeGreaterThan(995);
    expect(ms(soundEnd(sound) - silenceBefore(sound))).toBeLessThan(1010);
    expect(strengthDb(sound.subarray(4800, 43_200), 500, RATE)).toBeCloseTo(20 * Math.log10(0.8), 1);
  });

  it('begins and ends a turn by a fade, without a hard edge', () => {
    const { buffer, feed, play } = player();
    buffer.start('one');
    feed('one', 203);
    buffer.end('one');
    expect(steepest(play(300))).toBeLessThan(STEEPEST);
  });

  it.each([10, 20, 35])('bridges a gap of %i ms without a silence or a hard edge', (gapMs) => {
    const { buffer, feed, play, turnMs, all } = player();
    buffer.start('one');
    feed('one', 200);
    play(200 + gapMs);
    feed('one', 200);
    buffer.end('one');
    play(300);
    const sound = all();
    expect(ms(soundEnd(sound) - silenceBefore(sound))).toBeCloseTo(400 + gapMs, -1);
    for (let at = 2400; at < soundEnd(sound) - 2400; at += 240) {
      expect(rmsDb(sound.subarray(at, at + 240)), `${ms(at)} ms`).toBeGreaterThan(-20);
    }
    expect(steepest(sound)).toBeLessThan(STEEPEST);
    expect(buffer.stats).toMatchObject({ underruns: 1, concealmentEvents: 1 });
    expect(buffer.stats.stalledMs).toBeCloseTo(gapMs, -1);
    expect(turnMs()).toBe(400);
  });

  it('falls silent in a longer gap, waits for more than before, and neither loses nor adds anything', () => {
    const { buffer, feed, play, turnMs, all } = player();
    buffer.start('one');
    feed('one', 100);
    expect(ms(soundEnd(play(200)))).toBeCloseTo(140, 0);
    feed('one', 60);
    expect(buffer.underruns).toBe(1);
    expect(isSilent(play(100))).toBe(true);
    feed('one', 20);
    expect(silenceBefore(play(50))).toBeLessThan(QUANTUM);
    buffer.end('one');
    play(100);
    expect(turnMs()).toBe(180);
    expect(buffer.stats).toMatchObject({ underruns: 1, concealmentEvents: 1 });
    expect(buffer.stats.stalledMs).toBeCloseTo(200, -1);
    expect(steepest(all())).toBeLessThan(STEEPEST);
  });

  it('fades what fills a gap when it turns out to be the end', () => {
    const { buffer, feed, play, all } = player();
    buffer.start('one');
    feed('one', 200);
    play(210);
    buffer.end('one');
    play(50);
    expect(ms(soundEnd(all()))).toBeLessThan(220);
    expect(steepest(all())).toBeLessThan(STEEPEST);
    expect(buffer.underruns).toBe(0);
    expect(buffer.stats.stalledMs).toBe(0);
  });

  it('slows down while less is left of an unfinished turn than should be, and no longer', () => {
    const { buffer, feed, play, all } = player();
    buffer.start('one');
    feed('one', 60);
    for (let i = 0; i < 50; i++) {
      play(20);
      feed('one', 20);
    }
    expect(buffer.stats.slowedSamples).toBe(0);
    play(20); // a frame is late, and all that follow it
    for (let i = 0; i < 50; i++) {
      play(20);
      feed('one', 20);
    }
    const slowed = buffer.stats.slowedSamples;
    // 28 ms are to be left when a frame comes: 0.8 of the threshold, less the frame.
    expect(ms(slowed)).toBeGreaterThan(5);
    expect(ms(slowed)).toBeLessThan(25);
    expect(buffer.stats.bufferedMs).toBeGreaterThan(44);
    feed('one', 1000);
    play(900);
    buffer.end('one');
    play(300);
    expect(buffer.stats.slowedSamples).toBe(slowed);
    expect(buffer.underruns).toBe(0);
    expect(steepest(all())).toBeLessThan(STEEPEST);
  });

  it('does not slow down what has ended', () => {
    const { buffer, feed, play } = player();
    buffer.start('one');
    feed('one', 400);
    buffer.end('one');
    play(500);
    expect(buffer.stats.slowedSamples).toBe(0);
  });

  it('waits for a second frame where frames are long', () => {
    const { buffer, play } = player();
    const long = toPcm16(tone(500, 24_000, 2400, 0.8));
    buffer.start('one');
    buffer.write('one', long);
    expect(isSilent(play(100))).toBe(true);
    buffer.write('one', long);
    expect(silenceBefore(play(20))).toBeLessThan(QUANTUM);
  });

  it('starts later once turns have arrived unevenly, and sooner again once they do not', () => {
    const { buffer, feed, play } = player();
    const speak = (turnId: string, stallMs: number): void => {
      buffer.start(turnId);
      for (let i = 0; i < 20; i++) {
        play(i === 10 ? 20 + stallMs : 20);
        feed(turnId, 20);
      }
      buffer.end(turnId);
      play(1000);
    };
    expect(buffer.stats.thresholdMs).toBe(60);
    speak('stalled', 100);
    expect(buffer.stats.thresholdMs).toBeCloseTo(125, -1);
    buffer.start('two');
    feed('two', 100);
    expect(isSilent(play(20))).toBe(true);
    feed('two', 40);
    expect(silenceBefore(play(20))).toBeLessThan(QUANTUM);
    for (let i = 0; i < 12; i++) speak(`even ${i}`, 0);
    expect(buffer.stats.thresholdMs).toBe(45);
  });

  it('goes on without a gap while frames come before it is dry', () => {
    const { buffer, feed, play, all } = player();
    buffer.start('one');
    feed('one', 60);
    for (let i = 0; i < 30; i++) {
      play(40);
      feed('one', 40);
    }
    expect(buffer.underruns).toBe(0);
    expect(steepest(all())).toBeLessThan(STEEPEST);
    expect(rmsDb(all().subarray(2400))).toBeCloseTo(20 * Math.log10(0.8), 1);
  });

  it('is silent one fade after a clear, without a hard edge', () => {
    const { buffer, feed, play, all } = player();
    buffer.start('one');
    feed('one', 12_000);
    play(300);
    buffer.clear('one');
    const after = play(200);
    expect(ms(soundEnd(after))).toBeGreaterThan(4);
    expect(ms(soundEnd(after))).toBeLessThanOrEqual(5);
    expect(steepest(all())).toBeLessThan(STEEPEST);
  });

  it('fades what is left at a clear in the last moments of a turn', () => {
    const { buffer, feed, play, all } = player();
    buffer.start('one');
    feed('one', 100);
    buffer.end('one');
    play(99);
    buffer.clear('one');
    expect(ms(soundEnd(play(50)))).toBeLessThanOrEqual(5);
    expect(steepest(all())).toBeLessThan(STEEPEST);
  });

  it('drops a cleared turn and every later one, and plays the next that starts', () => {
    const { buffer, feed, play, heard } = player();
    for (const turnId of ['one', 'two', 'three']) {
      buffer.start(turnId);
      feed(turnId, 400);
      buffer.end(turnId);
    }
    play(100);
    expect(buffer.clear('one')).toBe(true);
    expect(isSilent(play(1000).subarray(RATE * 0.005))).toBe(true);
    buffer.start('four');
    feed('four', 200);
    expect(silenceBefore(play(100))).toBeLessThan(QUANTUM);
    while (heard.advance(buffer.clock));
    expect(heard.turnId).toBe('four');
  });

  it('goes on with the turn before the one that is cleared', () => {
    const { buffer, feed, play, turnMs, heard } = player();
    for (const turnId of ['one', 'two', 'three']) {
      buffer.start(turnId);
      feed(turnId, 400);
      buffer.end(turnId);
    }
    play(100);
    expect(buffer.clear('two')).toBe(true);
    expect(ms(soundEnd(play(1000)))).toBeCloseTo(301, -1);
    expect(turnMs()).toBe(400);
    expect(heard.turnId).toBe('one');
  });

  it('drops everything when the turn to be cleared is over already', () => {
    const { buffer, feed, play } = player();
    buffer.start('one');
    feed('one', 100);
    buffer.end('one');
    play(200);
    buffer.start('two');
    feed('two', 400);
    play(50);
    expect(buffer.clear('one')).toBe(false);
    expect(isSilent(play(400).subarray(RATE * 0.005))).toBe(true);
  });

  it.each([
    ['of a turn that never started', 'ghost'],
    ['of a turn that has ended', 'one'],
  ])('drops frames %s', (_, turnId) => {
    const { buffer, feed, play } = player();
    buffer.start('one');
    feed('one', 100);
    buffer.end('one');
    feed(turnId, 400);
    expect(ms(soundEnd(play(1000)))).toBeCloseTo(101, 0);
  });

  it('drops frames of a cleared turn that come late', () => {
    const { buffer, feed, play } = player();
    buffer.start('one');
    feed('one', 100);
    buffer.clear('one');
    feed('one', 400);
    buffer.end('one');
    expect(isSilent(play(500))).toBe(true);
  });

  it('ends an open turn when the next one starts', () => {
    const { buffer, feed, play, heard } = player();
    buffer.start('one');
    feed('one', 30);
    buffer.start('two');
    feed('two', 80);
    play(200);
    while (heard.advance(buffer.clock));
    expect(heard.turnId).toBe('two');
    expect(heard.playedMs).toBe(110);
  });

  it('plays each turn at the rate it came in', () => {
    const { buffer, feed, play, heard } = player(24_000);
    buffer.start('one');
    feed('one', 100);
    buffer.end('one');
    buffer.format(8000);
    buffer.start('two');
    buffer.write('two', toPcm16(tone(500, 8000, 1600, 0.8)));
    buffer.end('two');
    expect(ms(soundEnd(play(500)))).toBeCloseTo(304, -1);
    while (heard.advance(buffer.clock));
    expect(heard.playedMs).toBe(300);
  });
});
