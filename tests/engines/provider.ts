/**
 * Runs Vitest's browser mode in an engine that Playwright can't drive. Files run one after the other in one window;
 * presses and keys are the engine's own, so that they count as a visitor's gesture. Nothing else of `userEvent` is here.
 */

import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { defineBrowserCommand, defineBrowserProvider, parseKeyDef } from '@vitest/browser';
import type { BrowserProvider, BrowserProviderOption } from 'vitest/node';
import type { Action, BrowserWindow, Engine } from './engine.ts';

/** https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE006',
  Shift: '\uE008',
  Escape: '\uE00C',
};

const PING_EVERY_MS = 5_000;
const HUNG_MS = 20_000;
const HUNG = Symbol('hung');

export function engineProvider(engine: Engine): BrowserProviderOption {
  return defineBrowserProvider({
    name: engine.name,
    supportedBrowser: [engine.name],
    providerFactory: () => new EngineProvider(engine),
  });
}

class EngineProvider implements BrowserProvider {
  readonly name: string;
  readonly supportsParallelism = false;
  readonly initScripts = [resolve(import.meta.dirname, '../browser/pressing.ts')];
  readonly #engine: Engine;
  #window: Promise<BrowserWindow> | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.name = engine.name;
  }

  getCommandsContext(): { window: Promise<BrowserWindow> | null } {
    return { window: this.#window };
  }

  async openPage(_sessionId: string, url: string): Promise<void> {
    this.#window ??= this.#engine.launch();
    const opened = await this.#window;
    await opened.open(url);
    void this.#watch(opened);
  }

  async close(): Promise<void> {
    const opened = this.#window;
    this.#window = null;
    await (await opened?.catch(() => null))?.close();
  }

  /** A page whose thread stands still would be waited for for ever: none of its tests can time out. */
  async #watch(opened: BrowserWindow): Promise<void> {
    for (;;) {
      await wait(PING_EVERY_MS, null, { ref: false });
      if (!this.#window) return;
      const answered = opened.ping().then(Boolean, Boolean);
      if ((await Promise.race([answered, wait(HUNG_MS, HUNG, { ref: false })])) !== HUNG) continue;
      console.error(`The page in ${this.name} has not answered for ${HUNG_MS / 1000} s: it is ended.`);
      return this.close();
    }
  }
}

type InWindow = { window: Promise<BrowserWindow> };

/** Presses the window at a point, once or several times in a row. */
const press = defineBrowserCommand<[x: number, y: number, times: number]>(async (context, x, y, times) => {
  const { window } = context as unknown as InWindow;
  const once: Action[] = [
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ];
  const actions: Action[] = [{ type: 'pointerMove', x, y }, ...Array.from({ length: times }, () => once).flat()];
  await (await window).act({ type: 'pointer', id: 'mouse', actions });
});

const keyboard = defineBrowserCommand<[text: string]>(async (context, text) => {
  const { window } = context as unknown as InWindow;
  const actions = parseKeyDef(text).flatMap(({ keyDef: { key = '' }, releasePrevious, releaseSelf, repeat }) => {
    const value = key.length === 1 ? key : KEYS[key];
    if (!value) throw new Error(`No test has pressed ${key} so far: give it a value in ${import.meta.filename}`);
    const down: Action[] = releasePrevious ? [] : Array.from({ length: repeat }, () => ({ type: 'keyDown', value }));
    const up: Action[] = releasePrevious || releaseSelf ? [{ type: 'keyUp', value }] : [];
    return [...down, ...up];
  });
  await (await window).act({ type: 'key', id: 'keyboard', actions });
  return { unreleased: [] };
});

/** What the page asks of the window: for a project's `browser.commands`. */
export const engineCommands = {
  press,
  __vitest_keyboard: keyboard,
  __vitest_viewport: (): void => {}, // The window has room for every size.
};
