import { describe, expect, it } from 'vitest';
import { WeakLine } from '../../../src/call/weak-line.ts';

const FINE = { rttMs: 60, backlogMs: 100 };
/** What the buffer holds back is the line's doing; what a headset takes is not in here. */
const heard = (playedMs: number, stalledMs = 0) => ({ playedMs, stalledMs, thresholdMs: 60 });

describe('a line', () => {
  it('is fine while little is missing and little is late', () => {
    const line = new WeakLine();
    expect(line.look(heard(3000, 60), FINE)).toBe(false);
    expect(line.look(heard(6000, 120), { rttMs: null, backlogMs: 0 })).toBe(false);
  });

  it('is weak when a fifth of the assistant is missing, and for no longer than that is recent', () => {
    const line = new WeakLine();
    for (let look = 0; look < 4; look++) line.look(heard(60_000), FINE);
    expect(line.look(heard(62_000, 600), FINE)).toBe(true);
    // Four looks later nothing of it is in what is judged, though little was said since.
    const later = [1, 2, 3, 4].map((look) => line.look(heard(62_000 + look, 600), FINE));
    expect(later).toEqual([true, true, true, false]);
  });

  it('is weak when answers take long on the way, and fine again only well below that', () => {
    const line = new WeakLine();
    const at = (rttMs: number): boolean => line.look(heard(0), { rttMs, backlogMs: 0 });
    expect([700, 860, 720, 600].map(at)).toEqual([false, true, true, false]);
    expect(at(720)).toBe(false);
  });

  it('that has come to a stop is weak, though no ping says so', () => {
    const line = new WeakLine();
    expect(line.look(heard(3000), { rttMs: 40, backlogMs: 290 })).toBe(false);
    expect(line.look(heard(3000), { rttMs: 40, backlogMs: 2000 })).toBe(true);
  });

  it('is not judged by what was before nobody looked, nor by what another sound had counted', () => {
    const line = new WeakLine();
    line.look(heard(3000), FINE);
    line.skip();
    expect(line.look(heard(9000, 6000), FINE)).toBe(false);
    expect(line.look(heard(500, 0), FINE)).toBe(false);
    expect(line.look(heard(1000, 0), FINE)).toBe(false);
    expect(line.look(heard(1500, 500), FINE)).toBe(true);
  });

  it('is judged by what was missing from the first word on', () => {
    expect(new WeakLine().look(heard(1500, 1000), FINE)).toBe(true);
  });
});
