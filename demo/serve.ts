/** `npm start`: the sample site, its proxy and the platform, until Ctrl-C. */

import { languageModelOf } from '../src/platform/analysis/language-model.ts';
import { startSample } from './sample.ts';

const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`This needs Node 22.18 or later, which "npm ci" installs beside it; this is ${process.version}.`);
  process.exit(1);
}

/** A port out of the environment. */
function portFrom(name: string, otherwise: number): number {
  const text = process.env[name];
  const port = Number(text ?? otherwise);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`${name} must be a port, 0 to 65535, not "${text}".`);
}

/** The platform elsewhere that the environment names, if it does. */
function indigeniusFrom(env: NodeJS.ProcessEnv): { apiKey: string; apiUrl: string; widgetId: string } | undefined {
  const { INDIGENIUS_API_KEY: apiKey, INDIGENIUS_API_URL: apiUrl, INDIGENIUS_WIDGET_ID: widgetId } = env;
  if (!apiKey && !apiUrl) return undefined;
  if (apiKey && apiUrl && widgetId) return { apiKey, apiUrl, widgetId };
  throw new Error('Set INDIGENIUS_API_KEY, INDIGENIUS_API_URL and INDIGENIUS_WIDGET_ID together, or none of them.');
}

async function main(): Promise<void> {
  const indigenius = indigeniusFrom(process.env);
  const summariser = languageModelOf(process.env);
  const sample = await startSample({
    port: portFrom('PORT', 5173),
    platformPort: portFrom('PLATFORM_PORT', 8787),
    folder: process.env['DATA_DIR'] ?? '.data',
    ...(process.env['DATABASE_URL'] && { databaseUrl: process.env['DATABASE_URL'] }),
    ...(summariser && { summariser }),
    ...(indigenius && { indigenius }),
  });
  console.log(`site: ${sample.site}`);
  console.log(`proxy: ${sample.proxy}`);
  console.log(`platform: ${sample.platform}`);
  // The one place where the local key is ever shown: it is stored hashed, and another is issued at the next start.
  if (sample.apiKey) console.log(`api key: ${sample.apiKey}`);
  if (sample.assistantId) console.log(`assistant: ${sample.assistantId}`);
  console.log(`widget: ${sample.widgetId}`);
  if (sample.phonePurchaseId) console.log(`phone purchase: ${sample.phonePurchaseId}`);

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    sample.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

function fail(error: unknown): never {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error;
  if (taken) console.error(`Port ${error.port} is taken: set PORT (the site) or PLATFORM_PORT (the platform).`);
  else console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

main().catch(fail);
