/**
 * Three kinds of test: `unit` in Node, `browser` in real browsers with a fake microphone, `e2e` on what was built. The
 * platform's own run once more as `postgres` where `TEST_DATABASE_URL` names a server.
 */

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
    setupFiles: './tests/browser/patience.ts',
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      expect: pictures,
      ...browser,
    },
  },
});

const GENTLY = './tests/unit/gently.ts';

/**
 * In Node no test asserts that something is done soon: these only end one that hangs. Niced, beside browsers on two
 * cores, a process may have no turn for seconds, and a test of a second may take twenty.
 */
const PATIENT = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
};

/** A server to test on, beside PGlite: `postgres://user:password@host:port/database`, free to make databases on. */
const { TEST_DATABASE_URL } = process.env;

/** About PGlite alone, or about no rows at all; and about servers, and nothing else. */
const NOT_ON_SERVER = ['store/{folder-lock,store-folder,crash}', 'api/{fuzz,addresses,client-address}'].map(
  (name) => `tests/unit/platform/${name}.test.ts`,
);
const SERVER_ONLY = ['tests/unit/platform/nodes/server.test.ts'];

/** All that the platform's rows have to do with, once more on a server (`tests/unit/platform/store/stores.ts`). */
const onPostgres = (url: string) => ({
  test: {
    name: 'postgres',
    include: ['tests/unit/platform/{api,nodes,phone,store}/**/*.test.ts'],
    exclude: NOT_ON_SERVER,
    setupFiles: GENTLY,
    ...PATIENT,
    env: { TEST_DATABASE_URL: url },
  },
});

export default defineConfig({
  test: {
    reporters: ['default', './tests/totals-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          exclude: SERVER_ONLY,
          globalSetup: './tests/unit/platform/store/empty-pglite.ts',
          setupFiles: GENTLY,
          ...PATIENT,
          // Its stores are PGlite's, whatever server there is.
          env: { TEST_DATABASE_URL: '' },
        },
      },
      ...(TEST_DATABASE_URL ? [onPostgres(TEST_DATABASE_URL)] : []),
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
          // What is waited for has the time of a small and busy machine. How soon something must be, a test says itself.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 15_000 } },
          // Two at a time, and nothing beside: its visitors listen and speak in real time, on a machine that may be small.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
