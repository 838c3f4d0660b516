import { describe, expect, it } from 'vitest';
import { turnPcm } from '../../../bench/audio/signal.ts';
import { analyseUplink, percentile, type UplinkFrame } from '../../../bench/audio/uplink.ts';
import { BEGAN_MS, madeUp } from './made-up.ts';

const RATE = 16_000;
const FRAME = 320;
const HEARD = madeUp(48_000, [{ fromS: 0, toS: 3 }]);

/** Frames of 20 ms, each so much later at the server than its last sample was heard. */
function frames(delayMs: (index: number) => number): UplinkFrame[] {
  const pcm = turnPcm(0, 3, RATE);
  return Array.from({ length: pcm.length / FRAME }, (_, i) => ({
    atMs: BEGAN_MS + (i + 1) * 20 + delayMs(i),
    pcm: pcm.slice(i * FRAME, (i + 1) * FRAME),
  }));
}

const analyse = (sent: readonly UplinkFrame[]): NonNullable<ReturnType<typeof analyseUplink>> =>
  analyseUplink(HEARD, sent, RATE, BEGAN_MS + 500, BEGAN_MS + 2500)!;

describe('the way up', () => {
  it('takes as long as from the block with a frame’s last sample to the server', () => {
    const { oneWayMs, lostMs, frameMs } = analyse(frames(() => 7));
    expect(oneWayMs.length).toBeGreaterThan(95);
    // A block lasts 2.7 ms, and its time is that of its beginning.
    expect(oneWayMs[0]).toBeGreaterThan(6);
    expect(oneWayMs.at(-1)).toBeLessThan(10.5);
    expect(lostMs).toBe(0);
    expect(frameMs).toBe(20);
  });

  it('shows a frame that was held up', () => {
    const { oneWayMs } = analyse(frames((i) => (i === 60 ? 250 : 2)));
    expect(percentile(oneWayMs, 1)).toBeGreaterThan(248);
    expect(percentile(oneWayMs, 0.95)).toBeLessThan(6);
  });

  it('shows frames that never came', () => {
    const sent = frames(() => 2).filter((_, i) => i !== 50 && i !== 80);
    expect(Math.abs(analyse(sent).lostMs - 40)).toBeLessThan(2);
  });

  it('does not blame the player for what the microphone skipped', () => {
    const skipping = madeUp(48_000, [
      { fromS: 0, toS: 1 },
      { fromS: 1.1, toS: 3 },
    ]);
    const sent = frames(() => 2).filter((_, i) => i < 50 || i >= 55);
    const { lostMs } = analyseUplink(skipping, sent, RATE, BEGAN_MS + 500, BEGAN_MS + 2500)!;
    expect(lostMs).toBeLessThan(2);
  });

  it('is null where nothing came', () => {
    expect(analyseUplink(HEARD, [], RATE, BEGAN_MS, BEGAN_MS + 3000)).toBeNull();
  });
});
