/** The visitor's next touch of the page, wherever it is: what a browser lets sound begin by. */

/** `touchend` is what iOS counts, `pointerdown` what comes first elsewhere. */
const GESTURES = ['pointerdown', 'touchend', 'keydown', 'click'] as const;

/** Before anybody on the page can keep the event for itself; several times in one tap, until the signal ends it. */
export function onGesture(listener: () => void, signal: AbortSignal): void {
  for (const type of GESTURES) addEventListener(type, listener, { capture: true, passive: true, signal });
}
