/** One call at a time holds the microphone of a page, whichever copy of this code it was started from. */

/** A contract between copies, and so between versions: what ends the call that holds it, and settles when it has. */
const HOLDER = Symbol.for('indigenius:microphone-holder');

type Page = { [HOLDER]?: (() => Promise<unknown>) | undefined };

export interface Hold {
  /** Settles when the microphone is free. */
  readonly free: Promise<unknown>;
  /** Nothing is held any more. Safe twice, and after somebody else has taken over. */
  release(): void;
}

/** @param end ends the call that takes it now; called where another one takes it over */
export function holdMicrophone(end: () => Promise<unknown>): Hold {
  const page = globalThis as Page;
  // Whoever did not get it before it was taken again still waits for the one before.
  const free = new Promise((resolve) => resolve(page[HOLDER]?.())).catch(() => {});
  const holder = (): Promise<unknown> => Promise.all([free, end()]);
  page[HOLDER] = holder;
  return {
    free,
    release() {
      if (page[HOLDER] === holder) delete page[HOLDER];
    },
  };
}
