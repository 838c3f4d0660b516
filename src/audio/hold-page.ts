/** Keeps the browser from freezing a background tab for as long as there is a call in it: by a Web Lock. */

/**
 * Gives what lets go again; safe twice. Without Web Locks, and where they are refused, the call is no worse off than
 * any page. https://w3c.github.io/web-locks
 */
export function holdPage(): () => void {
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  const locks = navigator.locks as LockManager | undefined;
  // Shared: another tab's call waits for nobody.
  locks?.request('indigenius-call', { mode: 'shared' }, () => held).catch(() => {});
  return release;
}
