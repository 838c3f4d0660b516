/** Waits until a widget shows what it was told. */

import type { LitElement } from 'lit';

/** What a widget fetches when it needs it, and what that may make it need: look, words, session. */
const PARTS_IN_A_ROW = 3;

/** Every part that the widget has asked for has come, and every update that it caused. */
export async function settled(widget: LitElement): Promise<void> {
  await updated(widget);
  for (let parts = 0; parts < PARTS_IN_A_ROW; parts += 1) {
    // Asked for after the widget has asked, they come after its own.
    await Promise.all([
      import('../../../src/widget/look.ts'),
      import('../../../src/config/read-config.ts'),
      import('../../../src/widget/text/translation.ts'),
      import('../../../src/widget/floating.ts'),
      import('../../../src/widget/talk.ts'),
      import('../../../src/widget/session.ts'),
      import('../../../src/call/call.ts'),
    ]);
    await updated(widget);
  }
}

async function updated(widget: LitElement): Promise<void> {
  for (let round = 0; round < 8; round += 1) {
    await Promise.resolve();
    await widget.updateComplete;
  }
}
