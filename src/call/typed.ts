/** What a visitor typed, as the wire takes it. Pure. */

import { MAX_PAGE_DATA_BYTES } from '../protocol/messages.ts';

/** Trimmed, and cut where it is longer than a gateway takes; '' where nothing is left. */
export function typed(text: string): string {
  let kept = text.trim();
  for (;;) {
    const bytes = new TextEncoder().encode(JSON.stringify(kept)).length;
    if (bytes <= MAX_PAGE_DATA_BYTES) return kept;
    // By as much as it is too long, but not through the middle of a character.
    kept = kept.slice(0, (kept.length * MAX_PAGE_DATA_BYTES) / bytes).replace(/[\uD800-\uDBFF]$/, '');
  }
}
