import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../../../../src/platform/api/pages.ts';
import { openPlatform } from './api.ts';

let root: string;
let folder: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pages-'));
  folder = join(root, 'dashboard');
  mkdirSync(join(folder, 'inner.js'), { recursive: true });
  writeFileSync(join(root, 'secret.js'), 'a secret');
  writeFileSync(join(folder, 'index.html'), '<title>Dashboard</title>');
  writeFileSync(join(folder, 'main.js'), 'main();');
  writeFileSync(join(folder, 'call-BFHCAfIq.js'), 'call();');
  writeFileSync(join(folder, 'indigenius-socket.worker.js'), 'worker();');
  writeFileSync(join(folder, 'notes.env'), 'KEY=1');
});
afterAll(() => rmSync(root, { recursive: true }));

const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  pages(folder).request(path, { headers });

describe('the dashboard’s pages', () => {
  it('are at / and beneath /dashboard/', async () => {
    const page = await get('/');
    expect(page.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toBe('<title>Dashboard</title>');
    const script = await get('/dashboard/main.js');
    expect(script.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(await script.text()).toBe('main();');
    expect((await get('/dashboard/')).headers.get('Location')).toBe('/');
  });

  it('let nobody else’s code run on them, and be framed by nobody', async () => {
    const { headers } = await get('/');
    const policy = headers.get('Content-Security-Policy')!.split('; ');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("connect-src 'self' ws: wss:");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('Content-Security-Policy')).not.toContain('unsafe');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
  });

  it('are asked for anew where their names stay, and never again where their content is in the name', async () => {
    const cached = async (path: string): Promise<string | null> => (await get(path)).headers.get('Cache-Control');
    expect(await cached('/')).toBe('no-cache');
    expect(await cached('/dashboard/main.js')).toBe('no-cache');
    expect(await cached('/dashboard/indigenius-socket.worker.js')).toBe('no-cache');
    expect(await cached('/dashboard/call-BFHCAfIq.js')).toBe('public, max-age=31536000, immutable');
  });

  it('are not sent again to whoever has them', async () => {
    const etag = (await get('/')).headers.get('ETag')!;
    for (const given of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await get('/', { 'If-None-Match': given });
      expect(again.status).toBe(304);
      expect(await again.text()).toBe('');
    }
    expect((await get('/', { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  it.each([
    '/dashboard/../secret.js',
    '/dashboard/%2e%2e/secret.js',
    '/dashboard/..%2fsecret.js',
    '/dashboard/..%5csecret.js',
    '/dashboard/%2fetc%2fpasswd',
    '/dashboard/main.js%00.html',
    '/dashboard/notes.env',
    '/dashboard/inner.js',
    '/dashboard/nobody.js',
    '/secret.js',
  ])('have nothing at %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('a secret');
  });

  it('say so where they are not built', async () => {
    const response = await pages(join(root, 'nowhere')).request('/');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('not built');
  });
});

describe('a platform', () => {
  let platform: Awaited<ReturnType<typeof openPlatform>>['platform'];
  beforeAll(async () => ({ platform } = await openPlatform()));

  it('shows its dashboard without a key, and leaves the API as it is', async () => {
    expect((await platform.app.request('/')).status).not.toBe(401);
    expect((await platform.app.request('/v1/widgets')).status).toBe(401);
    const missing = await platform.app.request('/dashboard/nobody.js');
    expect(await missing.json()).toMatchObject({ status: false, data: null });
  });
});
