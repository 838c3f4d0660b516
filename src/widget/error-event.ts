/** The one event that a page may hear before anybody thinks of a call; the others (`events.ts`) come with the call. */

import type { CallError } from '../call/errors.ts';

/** Bubbles, and crosses shadow roots. */
export class WidgetEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: string, detail: Detail) {
    super(type, { detail, bubbles: true, composed: true });
  }
}

/** A call failed, or the widget could not be loaded. */
export class CallErrorEvent extends WidgetEvent<{ readonly error: CallError }> {
  constructor(error: CallError) {
    super('indigenius-error', { error });
  }
}
