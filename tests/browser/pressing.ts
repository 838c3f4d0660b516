/**
 * Locators for an engine that is driven by `tests/engines/provider.ts`: they find an element as Playwright's do, wait
 * until it can be pressed, and have the window pressed there.
 */

import {
  ensureAwaited,
  getByRoleSelector,
  getByTextSelector,
  getIframeScale,
  Locator,
  selectorEngine,
} from '@vitest/browser/locators';
import { commands, page } from 'vitest/browser';

declare module 'vitest/browser' {
  interface BrowserCommands {
    press(x: number, y: number, times: number): Promise<void>;
  }
}

class PressedLocator extends Locator {
  readonly selector: string;

  constructor(selector: string, container?: Element) {
    super();
    this.selector = selector;
    this._container = container;
  }

  override click(): Promise<void> {
    return ensureAwaited(() => this.#press(1));
  }
  override dblClick(): Promise<void> {
    return ensureAwaited(() => this.#press(2));
  }

  protected override locator(selector: string): PressedLocator {
    return new PressedLocator(`${this.selector} >> ${selector}`, this._container);
  }
  protected override elementLocator(element: Element): PressedLocator {
    return new PressedLocator(selectorEngine.generateSelectorSimple(element), element);
  }

  async #press(times: number): Promise<void> {
    const element = await this.findElement();
    const { x, y } = await pressable(element);
    const scale = getIframeScale();
    const frame = window.frameElement!.getBoundingClientRect();
    await commands.press(Math.round(frame.x + x * scale), Math.round(frame.y + y * scale), times);
  }
}

/** The middle of an element, once it is enabled, stands still and nothing lies over it. */
async function pressable(element: Element): Promise<{ x: number; y: number }> {
  for (let last: DOMRect | null = null; ;) {
    element.scrollIntoView({ block: 'nearest' });
    const box = element.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const hit = (element.getRootNode() as Document | ShadowRoot).elementFromPoint(x, y);
    const still = last?.x === box.x && last.y === box.y;
    if (still && element.contains(hit) && !element.matches(':disabled')) return { x, y };
    last = box;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

page.extend({
  getByRole: (role, options) => new PressedLocator(getByRoleSelector(role, options)),
  getByText: (text, options) => new PressedLocator(getByTextSelector(text, options)),
  elementLocator: (element) => new PressedLocator(selectorEngine.generateSelectorSimple(element), element),
});

// Keys go where the focus is, and a frame has none until it is given some.
window.focus();
