/**
 * `/docs`: the page that shows `/openapi.json` and sends requests from it. Its script is Scalar's, out of the optional
 * package `@scalar/api-reference` as it is installed here; nothing comes from elsewhere, and nothing goes there.
 */

import type { Hono } from 'hono';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Asset } from './asset.ts';
import type { PlatformEnv } from './env.ts';

export interface DocsParts {
  /** The path of Scalar's script; null where its package is not installed. */
  readonly scalar: string | null;
  /** Whether the simulated telephone is built. */
  readonly phone: boolean;
}

// Vue writes its styles into the page; a script may only be a file of ours.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What the page says to Scalar. Requests go to where the page is from, whatever the world calls the platform. */
const START = `\
const key = sessionStorage.getItem('indigenius-key');
Scalar.createApiReference('#reference', {
  url: '/openapi.json',
  servers: [{ url: location.origin }],
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  proxyUrl: '',
  showDeveloperTools: 'never',
  hideClientButton: true,
  defaultOpenAllTags: true,
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  authentication: {
    preferredSecurityScheme: 'ApiKey',
    ...(key && { securitySchemes: { ApiKey: { value: key } } }),
  },
});
`;

const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** The parts that are there now. */
export function docsParts(): DocsParts {
  // Beside `src` as beside `dist`.
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
  return { scalar: scalarScript(), phone: existsSync(join(root, 'dist/dashboard/phone.js')) };
}

/** The package names its script to no one: it is found beside the style sheet that it does name. */
function scalarScript(): string | null {
  try {
    const styles = createRequire(import.meta.url).resolve('@scalar/api-reference/style.css');
    const script = join(dirname(styles), 'browser/standalone.js');
    return existsSync(script) ? script : null;
  } catch {
    return null;
  }
}

export function serveDocs(app: Hono<PlatformEnv>, { scalar, phone }: DocsParts = docsParts()): void {
  const page = new Asset(Buffer.from(scalar === null ? MISSING : pageWith(phone)), 'text/html; charset=utf-8');
  app.get('/docs', (c) => {
    c.header('Content-Security-Policy', POLICY);
    c.header('Referrer-Policy', 'no-referrer');
    if (scalar === null) c.status(501);
    return page.answer(c);
  });
  if (scalar === null) return;
  const start = new Asset(Buffer.from(START), JAVASCRIPT);
  app.get('/docs/start.js', (c) => start.answer(c));
  // Read when it is first asked for: a platform that nobody reads about has no use for its 4 MB.
  let script: Promise<Asset> | null = null;
  app.get('/docs/scalar.js', async (c) => {
    script ??= readFile(scalar).then((body) => new Asset(body, JAVASCRIPT));
    return (await script).answer(c);
  });
}

function pageWith(phone: boolean): string {
  const telephone = '<script type="module" src="/dashboard/phone.js"></script><simulated-phone></simulated-phone>\n';
  return html(`\
<script src="/docs/scalar.js" defer></script>
<script src="/docs/start.js" type="module"></script>
<div id="reference"></div>
${phone ? telephone : ''}`);
}

const MISSING = html(`\
<h1>The API reference is not installed</h1>
<p>This page is shown by Scalar, a package that the platform takes only where somebody wants it. Install it beside the
platform, and start the platform again:</p>
<pre>npm install @scalar/api-reference</pre>
<p>The description that it shows is here without it: <a href="/openapi.json">/openapi.json</a>, in OpenAPI 3.1.</p>
`);

function html(body: string): string {
  return `\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>API reference</title>
<link rel="icon" href="data:,">
${body}</html>
`;
}
