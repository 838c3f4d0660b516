import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { Playout } from '../../../src/audio/playout.ts';
import { tone, toPcm16 } from '../dsp/tones.ts';

const RATE = 48_000;
const BLOCKS_PER_MINUTE = (60 * RATE) / 128;

let collect: () => void;

beforeAll(() => {
  setFlagsFromString('--expose-gc');
  collect = runInNewContext('gc') as () => void;
});

/** Bytes of the heap that are in use. */
function inUse(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

/** A conversation: turns of two seconds, of which every other is interrupted, with frames that stall. */
function conversation() {
  const line = new Playout(RATE, { heard() {}, audible() {}, level() {}, learnt() {} });
  line.receive({ type: 'format', sampleRate: 24_000 });
  const pcm = toPcm16(tone(200, 24_000, 480, 0.5)).buffer;
  const out = new Float32Array(128);
  let turn = 0;
  return {
    minute(): void {
      for (let block = 0; block < BLOCKS_PER_MINUTE; block++) {
        const inTurn = block % 1125;
        const turnId = `turn_${turn}`;
        if (inTurn === 0) line.receive({ type: 'turn_start', turnId });
        if (inTurn < 750 && inTurn % 15 === 0) {
          const frames = inTurn % 150 === 0 ? 3 : inTurn % 150 < 45 ? 0 : 2;
          for (let i = 0; i < frames; i++) line.receive({ type: 'frame', turnId, pcm: pcm.slice() });
        }
        if (inTurn === 750) {
          line.receive(turn % 2 ? { type: 'clear', turnId } : { type: 'turn_end', turnId });
          turn++;
        }
        line.render(out);
      }
    },
    /** Plays on, with nothing new. */
    render(blocks: number): void {
      for (let i = 0; i < blocks; i++) line.render(out);
    },
    /** A turn of `ms`, all at once. */
    say(ms: number): void {
      line.receive({ type: 'turn_start', turnId: 'long' });
      for (let i = 0; i < ms; i += 20) line.receive({ type: 'frame', turnId: 'long', pcm: pcm.slice() });
    },
  };
}

describe('what is played', () => {
  it('holds no more after ten minutes of conversation than after two', () => {
    const { minute } = conversation();
    minute();
    minute();
    const before = inUse();
    for (let i = 0; i < 8; i++) minute();
    expect(inUse() - before).toBeLessThan(100_000);
  });

  it('is rendered without allocating', () => {
    const { render, say } = conversation();
    say(300_000);
    render(10_000); // until it is compiled
    const before = inUse();
    render(100_000);
    // Not collected in between: whatever was allocated is still in use. An array a block would be 5.6 MB at least; a
    // number that the compiler passes boxed from one function to the next is 1.6.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(4_000_000);
  });
});
