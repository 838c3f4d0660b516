/** The one part of a call that can't wait for the rest of its code: the context that a click unlocks. */

import { closeContext, openContext } from '../audio/sound-context.ts';

/** Null without a fresh gesture of the visitor's, and where the browser has no sound: then the call finds out itself. */
export function contextOfGesture(): AudioContext | null {
  // A context made later than the click is a silent one.
  if (!navigator.userActivation?.isActive) return null;
  try {
    return openContext();
  } catch {
    return null;
  }
}

/** Gives back a context that no call came to take. */
export function dropContext(context: AudioContext | null): void {
  if (context) closeContext(context).catch(() => {}); // closed by the browser meanwhile
}
