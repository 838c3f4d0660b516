import { type HeapProfiler, Session } from 'node:inspector/promises';
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

/** Bytes that `work` allocates, collected again or not, in functions of this project's sources. */
async function allocatedBy(work: () => void): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: 512,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  work();
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  const sum = ({ callFrame, selfSize, children }: HeapProfiler.SamplingHeapProfileNode): number =>
    (callFrame.url.includes('/src/') ? selfSize : 0) + children.reduce((total, child) => total + sum(child), 0);
  return sum(profile.head);
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

  it('is rendered without allocating', async () => {
    const blocks = 100_000;
    const bytesPerBlock = async (): Promise<number> => {
      const { render, say } = conversation();
      say(300_000);
      render(10_000);
      return (await allocatedBy(() => render(blocks))) / blocks;
    };
    // Until it is compiled, which other threads do when they have the time, it is another matter: 4000 bytes a block.
    // The smallest object has 24 bytes; a number now and then is boxed on its way from one function to the next.
    await expect.poll(bytesPerBlock).toBeLessThan(10);
  });
});
