/** One of the two processors in the sound graph, as the page holds it. */

import type { FromCapture, FromPlayout, ToCapture, ToPlayout } from './ports.ts';

/** A processor's node and the port to it, whichever way it runs. */
export interface SoundNode {
  readonly node: AudioNode;
  readonly port: MessagePort;
}

/**
 * WebKit runs its worklets in batches, of which this was one: a context that is closed within it takes the page with it.
 */
const BATCH_MS = 25;
/** A context that stands still runs no processor any more: then nothing is left to wait for. */
const RUNS_WITHIN_MS = 200;

/**
 * Lets the processor go, silent from its next block on; with it goes the port it was handed. Resolves when it has run
 * for the last time: a node whose context is closed before that is never collected (Chromium).
 */
export function release({ node, port }: SoundNode): Promise<void> {
  return new Promise((resolve) => {
    const gone = (): void => {
      clearTimeout(timer);
      port.onmessage = null;
      port.close();
      node.disconnect();
      resolve();
    };
    const timer = setTimeout(gone, RUNS_WITHIN_MS);
    port.onmessage = ({ data }: MessageEvent<FromCapture | FromPlayout>) => {
      if (data.type === 'closed') setTimeout(gone, BATCH_MS);
    };
    port.postMessage({ type: 'close' } satisfies ToCapture & ToPlayout);
  });
}
