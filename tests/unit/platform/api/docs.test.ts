import { Hono } from 'hono';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docsParts, serveDocs } from '../../../../src/platform/api/docs.ts';
import type { PlatformEnv } from '../../../../src/platform/api/env.ts';
import { openPlatform } from './api.ts';

function pageOf(parts: Parameters<typeof serveDocs>[1]) {
  const app = new Hono<PlatformEnv>();
  serveDocs(app, parts);
  return app;
}

describe('/docs', () => {
  let opened: Awaited<ReturnType<typeof openPlatform>>;
  beforeAll(async () => {
    opened = await openPlatform();
  });
  afterAll(() => opened.platform.close());

  const get = (path: string, headers: Record<string, string> = {}) => opened.platform.app.request(path, { headers });

  it('is a page without a key, whose scripts are files of the platform', async () => {
    const response = await get('/docs');
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    const html = await response.text();
    const scripts = [...html.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)];
    expect(scripts.map(([, , inline]) => inline)).toEqual(scripts.map(() => ''));
    expect(scripts.map(([, attributes]) => /src="([^"]*)"/.exec(attributes!)?.[1])).toEqual(
      expect.arrayContaining(['/docs/scalar.js', '/docs/start.js']),
    );
    expect(html).not.toMatch(/https?:/);
  });

  it('allows no script but the platform’s, and no other origin', async () => {
    const policy = (await get('/docs')).headers.get('Content-Security-Policy')!.split('; ');
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'"]));
    expect(policy.join(' ')).not.toMatch(/\*|https?:/);
  });

  it('tells Scalar to fetch nothing and to tell nobody', async () => {
    const script = await (await get('/docs/start.js')).text();
    for (const setting of ['withDefaultFonts: false', 'telemetry: false', 'agent: { disabled: true }']) {
      expect(script).toContain(setting);
    }
    expect(script).toContain('mcp: { disabled: true }');
  });

  it('sends the script as the package has it, compressed as the browser asks', async () => {
    const plain = Buffer.from(await (await get('/docs/scalar.js')).arrayBuffer());
    expect(plain.byteLength).toBeGreaterThan(4_000_000);
    const brotli = await get('/docs/scalar.js', { 'Accept-Encoding': 'gzip, deflate, br' });
    expect(brotli.headers.get('Content-Encoding')).toBe('br');
    expect(brotli.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(brotli.headers.get('Vary')).toBe('Accept-Encoding');
    const small = Buffer.from(await brotli.arrayBuffer());
    expect(small.byteLength).toBeLessThan(1_300_000);
    expect(brotliDecompressSync(small).equals(plain)).toBe(true);
    const gzip = await get('/docs/scalar.js', { 'Accept-Encoding': 'gzip, br;q=0' });
    expect(gzip.headers.get('Content-Encoding')).toBe('gzip');
    expect(gunzipSync(Buffer.from(await gzip.arrayBuffer())).equals(plain)).toBe(true);
  });

  it.each(['/docs', '/docs/start.js', '/docs/scalar.js'])('%s is not sent again to whoever has it', async (path) => {
    const tag = (await get(path, { 'Accept-Encoding': 'br' })).headers.get('ETag')!;
    const again = await get(path, { 'If-None-Match': `"other", ${tag}`, 'Accept-Encoding': 'br' });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect(again.headers.get('ETag')).toBe(tag);
    expect((await get(path, { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  it('has the telephone where it is built', async () => {
    const { scalar } = docsParts();
    const without = await (await pageOf({ scalar, phone: false }).request('/docs')).text();
    expect(without).not.toContain('phone');
    const built = await (await pageOf({ scalar, phone: true }).request('/docs')).text();
    expect(built).toContain(
      '<script type="module" src="/dashboard/phone.js"></script><simulated-phone></simulated-phone>',
    );
  });

  it('says what to install where Scalar is not', async () => {
    const app = pageOf({ scalar: null, phone: false });
    const response = await app.request('/docs');
    expect(response.status).toBe(501);
    const html = await response.text();
    expect(html).toContain('npm install @scalar/api-reference');
    expect(html).toContain('href="/openapi.json"');
    expect(html).not.toContain('<script');
  });
});
