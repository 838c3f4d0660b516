/** Whether a visitor has sent the owner's bubble away: remembered, where the page lets anything be. */

import { mayStore } from './attribute.ts';

const KEY = 'indigenius:bubble:';

/** @param widget the element; `storage="none"` on it keeps this to the page view */
export function isDismissed(widget: Element, widgetId: string): boolean {
  if (sent.has(widgetId)) return true;
  try {
    return mayStore(widget) && localStorage.getItem(KEY + widgetId) !== null;
  } catch {
    return false; // sandboxed, or the visitor keeps sites from storing
  }
}

export function dismiss(widget: Element, widgetId: string): void {
  sent.add(widgetId);
  try {
    if (mayStore(widget)) localStorage.setItem(KEY + widgetId, '1');
  } catch {
    // as above, or full: the next page shows it again
  }
}

/** In this page view. */
const sent = new Set<string>();
