import { describe, expect, it } from 'vitest';
import { SpokenAt } from '../../../../src/platform/voice/spoken-at.ts';

describe('SpokenAt', () => {
  it('knows the clock of a stream by its sound', () => {
    const spokenAt = new SpokenAt();
    spokenAt.came(20, 1_020);
    spokenAt.came(40, 1_040);
    expect(spokenAt.of(25, 1_040)).toBe(1_025);
  });

  it('takes sound that came late for no later than what came sooner', () => {
    const spokenAt = new SpokenAt();
    spokenAt.came(20, 1_020);
    // Kept back by the network for 1.5 s.
    spokenAt.came(40, 2_540);
    expect(spokenAt.of(40, 2_540)).toBe(1_040);
  });

  it('takes what came first for as late as it must have been, once the rest comes sooner', () => {
    const spokenAt = new SpokenAt();
    spokenAt.came(20, 3_000);
    spokenAt.came(1_020, 3_000);
    expect(spokenAt.of(20, 3_000)).toBe(2_000);
  });

  it('takes sound later than a client keeps it for sound after a gap', () => {
    const spokenAt = new SpokenAt();
    spokenAt.came(20, 1_020);
    spokenAt.came(40, 3_041);
    expect(spokenAt.of(40, 3_041)).toBe(3_041);
  });

  it('begins anew after a pause, however short', () => {
    const spokenAt = new SpokenAt();
    spokenAt.came(20, 1_020);
    spokenAt.paused();
    expect(spokenAt.of(20, 1_300)).toBe(1_300);
    spokenAt.came(40, 1_500);
    expect(spokenAt.of(40, 1_500)).toBe(1_500);
    expect(spokenAt.of(30, 1_500)).toBe(1_490);
  });

  it('puts nothing into the future', () => {
    const spokenAt = new SpokenAt();
    spokenAt.came(20, 1_020);
    expect(spokenAt.of(500, 1_020)).toBe(1_020);
  });
});
