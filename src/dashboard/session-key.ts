/** The key that this tab is signed in with. It goes when the tab is closed, and no other tab has it. */

const NAME = 'indigenius-key';

/** For browsers that keep nothing for a page. */
let held: string | null = null;

export function readKey(): string | null {
  try {
    return sessionStorage.getItem(NAME);
  } catch {
    return held;
  }
}

/** Null forgets it. */
export function writeKey(key: string | null): void {
  held = key;
  try {
    if (key === null) sessionStorage.removeItem(NAME);
    else sessionStorage.setItem(NAME, key);
  } catch {
    // Then it lives as long as the page.
  }
}
