/** What the browser keeps from one call to the next: how long to wait before an answer starts. Nothing about anybody. */

const START_MS = 'indigenius:start-ms';

/** In ms; undefined before the first call, and where the page may keep nothing. */
export function rememberedStartMs(): number | undefined {
  try {
    return Number(localStorage.getItem(START_MS)) || undefined;
  } catch {
    return undefined; // sandboxed, or the visitor keeps sites from storing
  }
}

export function rememberStartMs(ms: number): void {
  try {
    localStorage.setItem(START_MS, ms.toFixed(0));
  } catch {
    // as above, or full: the next call learns it again
  }
}
