/** Registers `<indigenius-widget>`. Harmless twice, and on a server. */

import { IndigeniusWidget } from './widget/widget.ts';

if (globalThis.customElements && !customElements.get('indigenius-widget')) {
  customElements.define('indigenius-widget', IndigeniusWidget);
}
