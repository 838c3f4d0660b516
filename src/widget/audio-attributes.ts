/** The owner's choices about sound, as attributes of the element. Read at each start, and not before. */

import type { AudioSettings } from '../call/audio-settings.ts';
import { readAttribute } from './attribute.ts';

const SWITCHES = {
  'echo-cancellation': 'echoCancellation',
  'noise-suppression': 'noiseSuppression',
  'auto-gain-control': 'autoGainControl',
} as const;
const ON_OFF = { '': true, on: true, true: true, off: false, false: false } as const;
const ENCODINGS = { pcm_s16le: 'pcm_s16le', pcm_mulaw: 'pcm_mulaw' } as const;
const FRAMES_MS = { 10: 10, 20: 20 } as const;

/** What was chosen, and nothing of what was not. A value that means nothing is told once, and ignored. */
export function readAudioAttributes(element: Element): Partial<AudioSettings> {
  const chosen: { -readonly [Key in keyof AudioSettings]?: AudioSettings[Key] } = {};
  for (const [name, key] of Object.entries(SWITCHES)) {
    const on = readAttribute(element, name, ON_OFF);
    if (on !== null) chosen[key] = on;
  }
  const encoding = readAttribute(element, 'audio-encoding', ENCODINGS);
  if (encoding !== null) chosen.encoding = encoding;
  const frameMs = readAttribute(element, 'frame-ms', FRAMES_MS);
  if (frameMs !== null) chosen.frameMs = frameMs;
  return chosen;
}
