/**
 * What the dashboard's pages share. They are drawn into the page itself, without a shadow: labels, headings and what
 * describes what refer to one another across them.
 */

import { LitElement, type PropertyDeclarations } from 'lit';
import type { Api } from './api.ts';

export abstract class Page extends LitElement {
  static override properties: PropertyDeclarations = {
    api: { attribute: false },
    item: { attribute: false },
  };

  api!: Api;
  /** What the page is about: an id, or `new`; null for a list. */
  item: string | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Says that something is done, to eyes and screen readers alike. */
  protected say(words: string): void {
    this.dispatchEvent(new SayEvent(words));
  }
}

/** Something is done, and its reader should know. */
export class SayEvent extends Event {
  readonly words: string;

  constructor(words: string) {
    super('dashboard-say', { bubbles: true });
    this.words = words;
  }
}

/** The tab goes on with another key. */
export class KeyEvent extends Event {
  readonly key: string;

  constructor(key: string) {
    super('dashboard-key', { bubbles: true });
    this.key = key;
  }
}

declare global {
  interface HTMLElementEventMap {
    'dashboard-say': SayEvent;
    'dashboard-key': KeyEvent;
  }
}
