/** What a recording says, by the platform's own ears. */

import type { Ears } from '../../src/platform/voice/engines.ts';

/** @param samples PCM16 mono at 16 kHz */
export async function recognise(ears: Ears, samples: Int16Array): Promise<string> {
  const listener = ears.listen();
  const words: string[] = [];
  let pending = 0;
  let pushed = false;
  const done = new Promise<void>((resolve) => {
    listener.onevent = (event) => {
      if (event.type === 'speech_start') pending += 1;
      if (event.type === 'words' && event.final) {
        words.push(event.text);
        pending -= 1;
      }
      if (pushed && pending === 0) resolve();
    };
    for (let at = 0; at < samples.length; at += 320) listener.push(samples.subarray(at, at + 320));
    // Two seconds of silence end whatever was being said.
    for (let at = 0; at < 100; at += 1) listener.push(new Int16Array(320));
    pushed = true;
    if (pending === 0) resolve();
  });
  await done;
  listener.close();
  return words.join(' ');
}
