/** WebKitGTK's MiniBrowser over WebDriver, on a display of its own, with mock devices. */

import { globSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { type BrowserWindow, type Engine, WINDOW_PX } from './engine.ts';
import { findProgram, Programs, waitFor } from './programs.ts';

const MINI_BROWSER = ['/usr/lib/*/webkit2gtk-4.1/MiniBrowser', '/usr/libexec/webkit2gtk-4.1/MiniBrowser'];
const ARGS = [
  '--automation',
  '--enable-media-stream=true',
  '--enable-mock-capture-devices=true',
  '--autoplay-policy=allow',
];

const findMiniBrowser = (): string | undefined => globSync(MINI_BROWSER)[0];
const hasDriver = (): boolean => Boolean(findProgram('WebKitWebDriver') && findMiniBrowser());

export const WEBKIT: Engine = {
  name: 'webkit',
  missing: () => [...(hasDriver() ? [] : ['webkit2gtk-driver']), ...(findProgram('Xvfb') ? [] : ['xvfb'])],
  async launch(): Promise<BrowserWindow> {
    const programs = new Programs();
    try {
      const driver = await start(programs);
      const options = { binary: findMiniBrowser(), args: ARGS };
      const { sessionId } = await call<{ sessionId: string }>('POST', `${driver}/session`, {
        capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
      });
      const session = `${driver}/session/${sessionId}`;
      await call('POST', `${session}/window/rect`, { x: 0, y: 0, ...WINDOW_PX });
      return {
        open: (url) => call('POST', `${session}/url`, { url }),
        act: (source) => call('POST', `${session}/actions`, { actions: [source] }),
        ping: () => call('POST', `${session}/execute/sync`, { script: '', args: [] }),
        async close() {
          await call('DELETE', session).catch(() => {}); // It may have gone by itself.
          await programs.end();
        },
      };
    } catch (error) {
      await programs.end();
      throw error;
    }
  },
};

/** The address of its WebDriver server. */
async function start(programs: Programs): Promise<string> {
  const { width, height } = WINDOW_PX;
  const screen = ['-screen', '0', `${width}x${height}x24`];
  const stdio = ['ignore', 'ignore', 'ignore', 'pipe'] as const;
  const xvfb = programs.start(findProgram('Xvfb')!, ['-displayfd', '3', ...screen, '-nolisten', 'tcp'], {}, [...stdio]);
  const display = await programs.read(xvfb, /(\d+)\n/);
  const port = await freePort();
  programs.start(findProgram('WebKitWebDriver')!, [`--port=${port}`], { DISPLAY: `:${display}` }, 'ignore');
  const driver = `http://127.0.0.1:${port}`;
  await waitFor('WebKitWebDriver', () => call('GET', `${driver}/status`).then(Boolean, () => undefined));
  return driver;
}

async function call<T>(method: string, url: string, body?: object): Promise<T> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: T & { error: string; message: string } };
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** WebKitWebDriver doesn't tell which port it took when left to choose. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
