import { afterEach, describe, expect, it, vi } from 'vitest';
import { readAudioAttributes } from '../../../src/widget/audio-attributes.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

function read(attributes: string): ReturnType<typeof readAudioAttributes> {
  const template = document.createElement('template');
  template.innerHTML = `<indigenius-widget ${attributes}></indigenius-widget>`;
  return readAudioAttributes(template.content.firstElementChild!);
}

describe('the attributes about sound', () => {
  it.each([
    ['', {}],
    ['echo-cancellation="off"', { echoCancellation: false }],
    ['noise-suppression="false"', { noiseSuppression: false }],
    ['auto-gain-control="OFF "', { autoGainControl: false }],
    [
      'echo-cancellation noise-suppression="on" auto-gain-control="true"',
      { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    ],
    ['audio-encoding="pcm_mulaw" frame-ms="10"', { encoding: 'pcm_mulaw', frameMs: 10 }],
    ['audio-encoding="pcm_s16le" frame-ms="20"', { encoding: 'pcm_s16le', frameMs: 20 }],
  ])('%s', (attributes, settings) => {
    const warn = vi.spyOn(console, 'warn');
    expect(read(attributes)).toEqual(settings);
    expect(warn).not.toHaveBeenCalled();
  });

  it('of unknown values are ignored, and told once', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    for (let start = 0; start < 2; start += 1) {
      expect(read('frame-ms="15" audio-encoding="opus" echo-cancellation="constructor"')).toEqual({});
    }
    expect(warn.mock.calls.map(([words]) => words as string)).toEqual([
      '<indigenius-widget>: echo-cancellation="constructor" is ignored; it may be on, true, off, false.',
      '<indigenius-widget>: audio-encoding="opus" is ignored; it may be pcm_s16le, pcm_mulaw.',
      '<indigenius-widget>: frame-ms="15" is ignored; it may be 10, 20.',
    ]);
  });
});
