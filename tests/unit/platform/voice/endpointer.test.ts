import { describe, expect, it } from 'vitest';
import { Endpointer } from '../../../../src/platform/voice/endpointer.ts';

/** '#' a voiced window of 10 ms, '.' another: what was noticed, by window. */
function notice(windows: string): [number, string][] {
  const endpointer = new Endpointer({ windowMs: 10, startMs: 30, pauseMs: 20, endMs: 50 });
  return Array.from(windows).flatMap((window, index) => {
    const event = endpointer.push(window === '#');
    return event === null ? [] : [[index, event] as [number, string]];
  });
}

describe('Endpointer', () => {
  it.each([
    ['begins once there is enough voice', '..###', [[4, 'start']]],
    ['takes a click for no voice', '#..##..#.#.#', []],
    [
      'notices a pause once, and that it was none',
      '###....##',
      [
        [2, 'start'],
        [4, 'pause'],
        [7, 'resume'],
      ],
    ],
    ['passes over a gap shorter than a pause', '###.##.##', [[2, 'start']]],
    [
      'ends after the wait, and begins anew',
      '###.....###',
      [
        [2, 'start'],
        [4, 'pause'],
        [7, 'end'],
        [10, 'start'],
      ],
    ],
  ])('%s', (_, windows, noticed) => {
    expect(notice(windows)).toEqual(noticed);
  });
});
