/**
 * Watches a call's AudioContext, wakes it where that helps, and tells once when another one has to take its place:
 * `reopen-context.ts` makes it.
 */

import { audioOutputs } from './audio-outputs.ts';
import { onGesture } from './on-gesture.ts';

/**
 * - `frozen`: it says that it runs and its clock stands still, or it does not run by a gesture either
 * - `rate`: the default device has another sample rate than the context
 * - `closed`: the browser closed it, or lost the device under it
 * - `sink`: the chosen speaker is gone
 * - `processor`: a worklet's processor threw, and is silent for good
 */
export type StaleReason = 'frozen' | 'rate' | 'closed' | 'sink' | 'processor';

export interface WatchOptions {
  /** Once; the watch is closed by then. */
  readonly onstale: (reason: StaleReason) => void;
  /** The chosen speaker, or '' for the default: `Output.deviceId`. */
  readonly deviceId?: () => string;
}

export interface ContextWatch {
  /** Watches this worklet's processor too. */
  watchNode(node: AudioNode): void;
  /** Safe twice. */
  close(): void;
}

const LOOK_MS = 1_000;
/** A clock that seems to stand is looked at more closely: a busy page may have looked before the clock was set. */
const DOUBT_MS = 250;
/** So many looks in a row. A device that is being changed stands still for a moment, too. */
const DOUBTS = 4;
/** A slower clock than this, of the time that went by, stands. A page in the background gets the benefit of the doubt. */
const LEAST_PACE = 0.1;
/** One headset comes as several devices. */
const SETTLE_MS = 500;

export function watchContext(context: AudioContext, { onstale, deviceId = () => '' }: WatchOptions): ContextWatch {
  const closing = new AbortController();
  const { signal } = closing;
  let looking: ReturnType<typeof setTimeout> | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let clockMs = 0;
  let lookedAtMs = 0;
  let standing = 0;
  /** The visitor's gesture has to bring it back. */
  let insisted = false;

  const close = (): void => {
    closing.abort();
    clearTimeout(looking);
    clearTimeout(settling);
  };
  const stale = (reason: StaleReason): void => {
    if (signal.aborted) return;
    close();
    onstale(reason);
  };
  const resume = (): void => void context.resume().catch(() => {});

  const lookFrom = (standingFor: number): void => {
    standing = standingFor;
    clockMs = context.currentTime * 1000;
    lookedAtMs = performance.now();
  };
  const look = (): void => {
    if (context.state === 'closed') return stale('closed');
    // Nothing to see before an event tells that it goes on.
    if (context.state !== 'running' && !insisted) return;
    const leastMs = document.hidden ? 0 : (performance.now() - lookedAtMs) * LEAST_PACE;
    const stands = context.currentTime * 1000 - clockMs <= leastMs;
    lookFrom(stands ? standing + 1 : 0);
    if (standing === DOUBTS) return stale('frozen');
    if (standing === 1) resume();
    if (!stands) insisted = false;
    looking = setTimeout(look, stands ? DOUBT_MS : LOOK_MS);
  };
  const begin = (): void => {
    clearTimeout(looking);
    lookFrom(0);
    looking = setTimeout(look, DOUBT_MS);
  };

  const check = async (): Promise<void> => {
    const id = deviceId();
    if (!id) return otherRate(context) ? stale('rate') : undefined;
    const outputs = await audioOutputs();
    if (id === deviceId() && !outputs.some((output) => output.deviceId === id)) stale('sink');
  };
  const onchange = (): void => {
    clearTimeout(settling);
    settling = setTimeout(() => void check().catch(() => {}), SETTLE_MS);
  };

  const on = (target: EventTarget | undefined, type: string, listener: () => void): void =>
    target?.addEventListener(type, listener, { signal });

  on(context, 'statechange', () => {
    // Not while iOS says `interrupted`: that is how a clock gets frozen.
    if (context.state === 'suspended' && !document.hidden) resume();
    begin();
  });
  on(context, 'error', () => stale(deviceId() ? 'sink' : 'closed'));
  on(context, 'sinkchange', onchange);
  on(navigator.mediaDevices, 'devicechange', onchange);
  on(document, 'visibilitychange', () => {
    if (document.hidden) return;
    if (context.state !== 'running') resume();
    begin();
  });
  onGesture(() => {
    if (context.state === 'running') return;
    resume();
    // One tap is several gestures.
    if (insisted) return;
    insisted = true;
    begin();
  }, signal);
  begin();

  return { watchNode: (node) => on(node, 'processorerror', () => stale('processor')), close };
}

/** A context keeps its rate, or stops, when the default device changes: only a new one knows the new rate. */
function otherRate(context: AudioContext): boolean {
  try {
    const probe = new AudioContext();
    probe.close().catch(() => {});
    return probe.sampleRate !== context.sampleRate;
  } catch {
    return false; // no sound at all, or too many contexts
  }
}
