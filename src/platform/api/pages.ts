/**
 * The dashboard, as it was built (`npm run build:dashboard`): its page at `/`, and beneath `/dashboard/` what that page
 * loads. It holds nothing of anybody's: what it shows, it asks the API for with its reader's key.
 */

import { Hono, type Context } from 'hono';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { PlatformEnv } from './env.ts';

/** Beside the platform's modules as they are published; run from their source, where the build puts it. */
const BUILT = extname(import.meta.filename) === '.ts' ? '../../../dist/dashboard' : '../../dashboard';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** All in one folder: a name with anything of a path in it is nobody's. */
const NAME = /^\w[\w-]*(?:\.[\w-]+)+$/;
/** Its content is in its name: under this one there will never be another. */
const HASHED = /-[\w-]{8}\.\w+$/;

const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'self'",
    "connect-src 'self' ws: wss:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** @param folder where the dashboard was built */
export function pages(folder = join(import.meta.dirname, BUILT)) {
  return new Hono<PlatformEnv>()
    .get('/', async (c) => {
      const page = await answer(c, folder, 'index.html');
      return page ?? c.text('The dashboard is not built: run "npm run build:dashboard" first.\n', 404);
    })
    .get('/dashboard', (c) => c.redirect('/'))
    .get('/dashboard/', (c) => c.redirect('/'))
    .get('/dashboard/:file', async (c) => (await answer(c, folder, c.req.param('file'))) ?? c.notFound());
}

/** Null where there is no such file. */
async function answer(c: Context<PlatformEnv>, folder: string, name: string): Promise<Response | null> {
  const type = TYPES[extname(name)];
  if (type === undefined || !NAME.test(name)) return null;
  const bytes = await readFile(join(folder, name)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'EISDIR') return null;
    throw cause;
  });
  if (bytes === null) return null;
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const headers = {
    ...HEADERS,
    'Content-Type': type,
    'Cache-Control': HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: etag,
  };
  if (knows(c.req.header('If-None-Match'), etag)) return c.body(null, 304, headers);
  return c.body(bytes, 200, headers);
}

/** Whoever stands between may have weakened it, as by compressing what it names. */
function knows(given: string | undefined, etag: string): boolean {
  return (given ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
