/** The owner's choices about sound, as attributes of the element. Read at each start, and not before. */

import type { AudioSettings } from '../call/audio-settings.ts';

const SWITCHES = {
  'echo-cancellation': 'echoCancellation',
  'noise-suppression': 'noiseSuppression',
  'auto-gain-control': 'autoGainControl',
} as const;
const ON_OFF = { '': true, on: true, true: true, off: false, false: false } as const;
const ENCODINGS = { pcm_s16le: 'pcm_s16le', pcm_mulaw: 'pcm_mulaw' } as const;
const FRAMES_MS = { 10: 10, 20: 20 } as const;

const told = new Set<string>();

/** What was chosen, and nothing of what was not. A value that means nothing is told once, and ignored. */
export function readAudioAttributes(element: Element): Partial<AudioSettings> {
  const chosen: { -readonly [Key in keyof AudioSettings]?: AudioSettings[Key] } = {};
  for (const [name, key] of Object.entries(SWITCHES)) {
    const on = read(element, name, ON_OFF);
    if (on !== null) chosen[key] = on;
  }
  const encoding = read(element, 'audio-encoding', ENCODINGS);
  if (encoding !== null) chosen.encoding = encoding;
  const frameMs = read(element, 'frame-ms', FRAMES_MS);
  if (frameMs !== null) chosen.frameMs = frameMs;
  return chosen;
}

/** What the attribute's value stands for; null where there is none, or it stands for nothing. */
function read<T>(element: Element, name: string, meanings: Readonly<Record<string, T>>): T | null {
  const value = element.getAttribute(name);
  if (value === null) return null;
  const word = value.trim().toLowerCase();
  if (Object.hasOwn(meanings, word)) return meanings[word]!;
  const problem = `${name}="${value}"`;
  if (!told.has(problem)) {
    const known = Object.keys(meanings).filter((one) => one !== '');
    console.warn(`<${element.localName}>: ${problem} is ignored; it may be ${known.join(', ')}.`);
  }
  told.add(problem);
  return null;
}
