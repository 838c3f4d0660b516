/** What the browser suite asks of an engine that Playwright can't drive, and what WebDriver calls things. */

/** https://www.w3.org/TR/webdriver2/#actions : the same words in WebDriver's old protocol and in BiDi. */
export type Action =
  | { type: 'pointerMove'; x: number; y: number }
  | { type: 'pointerDown' | 'pointerUp'; button: 0 }
  | { type: 'keyDown' | 'keyUp'; value: string };

export interface ActionSource {
  readonly type: 'pointer' | 'key';
  readonly id: string;
  readonly actions: readonly Action[];
}

/** One window of a running browser, and everything that runs for it. */
export interface BrowserWindow {
  open(url: string): Promise<void>;
  act(source: ActionSource): Promise<void>;
  /** Resolves when the page answers. */
  ping(): Promise<unknown>;
  close(): Promise<void>;
}

export interface Engine {
  readonly name: 'firefox' | 'webkit';
  /** Debian's packages of the programs that this machine lacks. */
  missing(): string[];
  launch(): Promise<BrowserWindow>;
}

/** Room for every frame that a test is shown in. */
export const WINDOW_PX = { width: 1280, height: 1024 };
