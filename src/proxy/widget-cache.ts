/** Remembers widgets for a short while: every call asks for the widget's origins first. */

import type { KnownWidget } from './known-widget.ts';

/** How long an owner's change may take to reach visitors, in seconds. */
export const WIDGET_FRESH_S = 30;
/** Ids that a stranger tries must not fill the memory. */
const MOST_WIDGETS = 1_000;

export class WidgetCache {
  readonly #load: (id: string) => Promise<KnownWidget>;
  readonly #entries = new Map<string, { readonly until: number; readonly widget: Promise<KnownWidget> }>();

  constructor(load: (id: string) => Promise<KnownWidget>) {
    this.#load = load;
  }

  /** Rejects as `load` does; a failure is not remembered. */
  get(id: string): Promise<KnownWidget> {
    const known = this.#entries.get(id);
    if (known && known.until > Date.now()) return known.widget;
    const widget = this.#load(id);
    const entry = { until: Date.now() + WIDGET_FRESH_S * 1000, widget };
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    widget.catch(() => {
      if (this.#entries.get(id) === entry) this.#entries.delete(id);
    });
    if (this.#entries.size > MOST_WIDGETS) this.#entries.delete(this.#entries.keys().next().value!);
    return widget;
  }
}
