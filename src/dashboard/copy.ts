/** A text that somebody will want elsewhere, with a button that copies it. */

import { html, type TemplateResult } from 'lit';
import { SayEvent } from './page.ts';

/** @param what it is, as in "Copy the key" */
export function copyable(text: string, what: string): TemplateResult {
  return html`<div class="copyable">
    <pre tabindex="0" role="region" aria-label=${what}><code>${text}</code></pre>
    <button type="button" aria-label="Copy ${what}" @click=${copy}>Copy</button>
  </div>`;
}

async function copy({ currentTarget }: Event): Promise<void> {
  const button = currentTarget as HTMLElement;
  const code = button.parentElement!.querySelector('code')!;
  const copied = await navigator.clipboard?.writeText(code.textContent).then(
    () => true,
    () => false,
  );
  // Without a secure context, or against the browser's will, the reader's own keys still do it.
  if (!copied) getSelection()?.selectAllChildren(code);
  button.dispatchEvent(new SayEvent(copied ? 'Copied.' : 'Selected: copy it with Ctrl+C or ⌘C.'));
}
