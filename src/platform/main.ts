/**
 * A platform from the command line: `PLATFORM_PORT` (8787), `PLATFORM_HOST` (loopback), `DATA_DIR` (.data) or
 * `DATABASE_URL`, `SITE_URL` (the sample site), `PUBLIC_URL`, `TRUSTED_PROXIES`, `DRAIN_MS` and `NOTICE_MS`
 * (docs/platform/operating.md), `LANGUAGE_MODEL_URL` and its like (`analysis/language-model.ts`). Prints what a proxy
 * needs to know, a line each; everything else it says is JSON on standard error.
 */

import { languageModelOf } from './analysis/language-model.ts';
import { jsonLogger } from './api/log.ts';
import { type LocalPlatform, startLocalPlatform } from './local-platform.ts';
import { DEFAULT_FOLDER } from './store/store.ts';

const { PLATFORM_PORT = '8787', PLATFORM_HOST, DATA_DIR = DEFAULT_FOLDER, DATABASE_URL, SITE_URL } = process.env;
const { DRAIN_MS, NOTICE_MS, PUBLIC_URL, TRUSTED_PROXIES } = process.env;

async function start(): Promise<LocalPlatform> {
  const port = Number(PLATFORM_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PLATFORM_PORT is no port: ${PLATFORM_PORT}`);
  const logger = jsonLogger((line) => process.stderr.write(line));
  const summariser = languageModelOf(process.env);
  const platform = await startLocalPlatform({
    port,
    folder: DATA_DIR,
    siteUrl: SITE_URL ?? 'http://localhost:5173/',
    logger,
    ...(PLATFORM_HOST && { host: PLATFORM_HOST }),
    ...(summariser && { summariser }),
    ...(DATABASE_URL && { databaseUrl: DATABASE_URL }),
    ...(PUBLIC_URL && { publicUrl: PUBLIC_URL }),
    ...(TRUSTED_PROXIES && { trustedProxies: wholeNumber('TRUSTED_PROXIES', TRUSTED_PROXIES, 'proxies') }),
    ...(DRAIN_MS && { drainMs: wholeNumber('DRAIN_MS', DRAIN_MS, 'milliseconds') }),
    ...(NOTICE_MS && { noticeMs: wholeNumber('NOTICE_MS', NOTICE_MS, 'milliseconds') }),
  });
  console.log(`platform: ${platform.url}`);
  console.log(`api key: ${platform.apiKey}`);
  console.log(`assistant: ${platform.assistantId}`);
  console.log(`widget: ${platform.widgetId}`);
  if (platform.phonePurchaseId) console.log(`phone purchase: ${platform.phonePurchaseId}`);
  await platform.readSite();
  return platform;
}

function wholeNumber(name: string, text: string, of: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number < 2 ** 31) return number;
  throw new Error(`${name} is no number of ${of}: ${text}`);
}

/** The first signal closes in order, a second one at once. */
function stopOnSignal(running: Promise<LocalPlatform>): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      running.then((platform) => platform.close()).then(() => process.exit(0), fail);
    });
  }
}

function fail(cause: unknown): never {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exit(1);
}

const running = start();
stopOnSignal(running);
running.catch(fail);
