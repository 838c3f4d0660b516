/** Three kinds of test: `unit` in Node, `browser` in real browsers with a fake microphone, `e2e` on what was built. */

import { resolve } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import type { BrowserConfigOptions } from 'vitest/node';
import { findChromium } from './tests/chromium.ts';
import { engineCommands, engineProvider } from './tests/engines/provider.ts';
import { chosen } from './tests/engines/which.ts';
import { scriptImports } from './vite.config.ts';

const chromium = () =>
  playwright({
    launchOptions: {
      executablePath: findChromium(),
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--autoplay-policy=no-user-gesture-required',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    },
  });

/** Where the pictures are that screenshots are compared with: beside their test. */
const pictures: BrowserConfigOptions['expect'] = {
  toMatchScreenshot: {
    resolveScreenshotPath: ({ root, testFileDirectory, arg, ext }) =>
      resolve(root, testFileDirectory, 'pictures', `${arg}${ext}`),
  },
};

const inBrowser = (name: string, browser: BrowserConfigOptions) => ({
  plugins: [scriptImports()],
  // Found only on the way, they would have the page loaded anew in the middle of a test.
  optimizeDeps: { include: ['axe-core', 'fast-check', 'lit'] },
  test: {
    name,
    include: ['tests/browser/**/*.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      expect: pictures,
      ...browser,
    },
  },
});

export default defineConfig({
  test: {
    reporters: ['default', './tests/totals-reporter.ts'],
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 20_000, hookTimeout: 60_000 } },
      ...(chosen.chromium
        ? [inBrowser('browser', { provider: chromium(), instances: [{ browser: 'chromium' }] })]
        : []),
      ...chosen.engines.map((engine) =>
        inBrowser(`browser:${engine.name}`, {
          provider: engineProvider(engine),
          commands: engineCommands,
          instances: [{ browser: engine.name }],
        }),
      ),
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts', 'tests/package/**/*.test.ts'],
          globalSetup: './tests/e2e/build-once.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          // Alone, after all the others: its visitors listen and speak in real time, on a machine that may be small.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
