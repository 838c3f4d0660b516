import { describe, expect, it } from 'vitest';
import { DEFAULT_AUDIO, offersOf } from '../../../src/call/audio-settings.ts';

const words = (formats: readonly { encoding: string; sample_rate: number }[]) =>
  formats.map(({ encoding, sample_rate }) => `${encoding} ${sample_rate}`);

describe('the formats a gateway is offered', () => {
  it('are PCM first, the best rate of the way back at the head, and mu-law last', () => {
    const { up, down } = offersOf(DEFAULT_AUDIO.encoding);
    expect(words(up)).toEqual(['pcm_s16le 16000', 'pcm_mulaw 8000']);
    expect(down[0]).toEqual({ encoding: 'pcm_s16le', sample_rate: 24_000, channels: 1 });
    expect(words(down).at(-1)).toBe('pcm_mulaw 8000');
  });

  it('are mu-law first where it is preferred, both ways, and everything else all the same', () => {
    const preferred = offersOf('pcm_mulaw');
    const usual = offersOf('pcm_s16le');
    for (const way of ['up', 'down'] as const) {
      expect(words(preferred[way])[0]).toBe('pcm_mulaw 8000');
      expect(new Set(preferred[way])).toEqual(new Set(usual[way]));
    }
  });
});
