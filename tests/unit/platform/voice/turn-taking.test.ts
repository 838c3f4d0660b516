import { describe, expect, it } from 'vitest';
import { VisitorFloor, warningLeadS } from '../../../../src/platform/voice/turn-taking.ts';

describe('VisitorFloor', () => {
  it('is taken from the first sound to the last words', () => {
    const floor = new VisitorFloor();
    expect(floor.taken).toBe(false);
    floor.notice({ type: 'speech_start', atMs: 0 }, 0);
    expect(floor.taken).toBe(true);
    floor.notice({ type: 'speech_end', atMs: 1 }, 1);
    expect(floor.taken).toBe(true);
    floor.notice({ type: 'words', text: '', final: true, atMs: 2 }, 2);
    expect(floor.taken).toBe(false);
  });

  it('is free as well where the words come before the end of the voice', () => {
    const floor = new VisitorFloor();
    floor.notice({ type: 'speech_start', atMs: 0 }, 0);
    floor.notice({ type: 'words', text: 'yes', final: true, atMs: 1 }, 1);
    expect(floor.taken).toBe(true);
    floor.notice({ type: 'speech_end', atMs: 2 }, 2);
    expect(floor.taken).toBe(false);
  });

  it('takes the voice for over when its last words have come', () => {
    const floor = new VisitorFloor();
    floor.notice({ type: 'speech_start', atMs: 0 }, 10);
    const words = floor.notice({ type: 'words', text: 'yes', final: true, atMs: 1 }, 11);
    expect(words).toMatchObject({ begunAtMs: 10, endedAtMs: 11 });
    floor.notice({ type: 'speech_start', atMs: 2 }, 12);
    floor.notice({ type: 'speech_end', atMs: 3 }, 13);
    expect(floor.notice({ type: 'words', text: 'no', final: true, atMs: 9 }, 19)).toMatchObject({
      begunAtMs: 12,
      endedAtMs: 13,
    });
  });

  it('gives late words to the utterance they belong to', () => {
    const floor = new VisitorFloor();
    floor.notice({ type: 'speech_start', atMs: 0 }, 0);
    floor.notice({ type: 'speech_end', atMs: 1 }, 1);
    floor.notice({ type: 'speech_start', atMs: 2 }, 2);
    expect(floor.notice({ type: 'words', text: 'one ', final: true, atMs: 3 }, 3)).toEqual({
      id: 'u1',
      text: 'one',
      final: true,
      begunAtMs: 0,
      endedAtMs: 1,
    });
    expect(floor.taken).toBe(true);
    expect(floor.notice({ type: 'words', text: 'two', final: false, atMs: 4 }, 4)).toEqual({
      id: 'u2',
      text: 'two',
      final: false,
      begunAtMs: 2,
      endedAtMs: 4,
    });
  });
});

describe('warningLeadS', () => {
  it.each([
    [600, 30, 30],
    [60, 30, 30],
    [20, 30, 10],
    [1, 15, 0.5],
  ])('of a limit of %i s is at most %i s: %d s', (limit, lead, expected) => {
    expect(warningLeadS(limit, lead)).toBe(expected);
  });
});
