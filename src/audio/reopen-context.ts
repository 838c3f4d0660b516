/** Another AudioContext in the middle of a call, in place of one that went stale; what was built in it is its owner's. */

import { onGesture } from './on-gesture.ts';
import { orAbort } from './or-abort.ts';
import { closeContext, openContext } from './sound-context.ts';

export interface ReopenOptions {
  readonly signal: AbortSignal;
  /** It does not run by itself: the visitor has to touch the page, anywhere. */
  readonly onwait?: () => void;
}

/** From its making to its running; a Bluetooth headset takes its time. */
const RUNS_WITHIN_MS = 1_000;

/**
 * Resolves when it runs: at once where one gesture counts for a page's life or the microphone is on, else by the next
 * gesture. Closes `old`: release what is in it first. Rejects with the signal's reason, or what the browser has against
 * another context; then none is held.
 */
export async function reopenContext(old: AudioContext, { signal, onwait }: ReopenOptions): Promise<AudioContext> {
  signal.throwIfAborted();
  const context = openContext();
  // Not by `closeContext`: the phone goes on playing and recording. A frozen one may never answer.
  old.close().catch(() => {}); // closed by the browser meanwhile
  const over = new AbortController();
  const waiting = setTimeout(() => onwait?.(), RUNS_WITHIN_MS);
  try {
    await orAbort(running(context, over.signal), signal);
    return context;
  } catch (error) {
    closeContext(context).catch(() => {});
    throw error;
  } finally {
    clearTimeout(waiting);
    over.abort();
  }
}

function running(context: AudioContext, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (context.state === 'running') resolve();
    };
    context.addEventListener('statechange', look, { signal });
    onGesture(() => void context.resume().then(look, () => {}), signal);
  });
}
