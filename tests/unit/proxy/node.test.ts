import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ServingProxy, serveProxy } from '../../../src/proxy/node.ts';
import { CALL, ID, KEY, PAGE, WIDGET } from './platform.ts';

let proxy: ServingProxy | undefined;

afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
  vi.unstubAllEnvs();
});

const logger = { info() {}, error() {} };
/** Answers for a platform; the proxy's own port is a real one. */
const platform: typeof fetch = async (input) =>
  String(input).endsWith('/create-call')
    ? Response.json(CALL, { status: 201 })
    : Response.json({ status: true, message: '', data: { ...WIDGET, allowed_origins: [PAGE] } });

describe('serveProxy', () => {
  it('answers on a real port, with the key out of the environment', async () => {
    vi.stubEnv('INDIGENIUS_API_KEY', KEY);
    proxy = await serveProxy({ port: 0, fetch: platform, logger });
    const response = await fetch(`${proxy.url}/create-call`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: PAGE },
      body: JSON.stringify({ widget_id: ID }),
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual(CALL);
  });

  it('tells visitors behind a trusted proxy apart', async () => {
    const limits = { widgetsPerMinute: 1 };
    proxy = await serveProxy({ port: 0, apiKey: KEY, trustedProxies: 1, limits, fetch: platform, logger });
    const get = async (address: string) =>
      (await fetch(`${proxy!.url}/widgets/${ID}`, { headers: { 'X-Forwarded-For': address } })).status;
    expect([await get('203.0.113.1'), await get('203.0.113.1'), await get('203.0.113.2')]).toEqual([200, 429, 200]);
  });

  it('knows a visitor by the socket', async () => {
    const limits = { widgetsPerMinute: 1 };
    proxy = await serveProxy({ port: 0, apiKey: KEY, limits, fetch: platform, logger });
    const get = async (address: string) =>
      (await fetch(`${proxy!.url}/widgets/${ID}`, { headers: { 'X-Forwarded-For': address } })).status;
    expect([await get('203.0.113.1'), await get('203.0.113.2')]).toEqual([200, 429]);
  });

  it('does not start without a key', async () => {
    vi.stubEnv('INDIGENIUS_API_KEY', '');
    await expect(serveProxy({ port: 0 })).rejects.toThrow('INDIGENIUS_API_KEY');
  });

  it('closes twice', async () => {
    proxy = await serveProxy({ port: 0, apiKey: KEY, fetch: platform, logger });
    await Promise.all([proxy.close(), proxy.close()]);
    await expect(fetch(proxy.url)).rejects.toThrow('fetch failed');
  });
});
