/** What the page hears of a floating card, which can be opened and put away. Fetched with it. */

import { WidgetEvent } from './error-event.ts';

/** The floating card is open. */
export class OpenEvent extends WidgetEvent<Readonly<Record<string, never>>> {
  constructor() {
    super('indigenius-open', {});
  }
}

/** The floating card is put away; a call goes on. */
export class CloseEvent extends WidgetEvent<Readonly<Record<string, never>>> {
  constructor() {
    super('indigenius-close', {});
  }
}

declare global {
  interface HTMLElementEventMap {
    'indigenius-open': OpenEvent;
    'indigenius-close': CloseEvent;
  }
}
