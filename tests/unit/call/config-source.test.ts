import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as ConfigSource from '../../../src/call/config-source.ts';
import { DEFAULT_CONFIG } from '../../../src/config/widget-config.ts';

const READER = '../../../src/config/read-config.ts';
const WIDGET = { call_to_action: 'Talk to Sales', recording: true };

function answer(status: number, body: unknown): void {
  vi.stubGlobal('fetch', async () => Response.json(body, { status }));
}

function source(signal = new AbortController().signal) {
  return { proxyUrl: 'https://proxy.example/indigenius', widgetId: 'w', signal };
}

// Anew for each test, with all that it fetches lazily: their errors must be of one class.
let fetchConfig: typeof ConfigSource.fetchConfig;
let givenConfig: typeof ConfigSource.givenConfig;
beforeEach(async () => {
  ({ fetchConfig, givenConfig } = await import('../../../src/call/config-source.ts'));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.doUnmock(READER);
  vi.resetModules();
});

describe('fetchConfig', () => {
  it('reads what the proxy answers', async () => {
    answer(200, { widget: WIDGET, gateway_origin: 'https://voice.example' });
    const { config, gatewayOrigin } = await fetchConfig(source());
    expect(config).toEqual({
      ...DEFAULT_CONFIG,
      texts: { ...DEFAULT_CONFIG.texts, title: 'Talk to Sales' },
      recording: true,
    });
    expect(gatewayOrigin).toBe('https://voice.example');
  });

  it("fails with the proxy's reason", async () => {
    answer(403, { error: { code: 'origin_refused', message: '' } });
    await expect(fetchConfig(source())).rejects.toMatchObject({ name: 'CallError', reason: 'origin-refused' });
  });

  it('is unreachable where the reader is', async () => {
    answer(200, { widget: WIDGET, gateway_origin: null });
    vi.doMock(READER, () => {
      throw new TypeError('Failed to fetch dynamically imported module');
    });
    vi.resetModules(); // the reader is here already
    const fresh = await import('../../../src/call/config-source.ts');
    await expect(fresh.fetchConfig(source())).rejects.toMatchObject({ name: 'CallError', reason: 'unreachable' });
    await expect(fresh.givenConfig(WIDGET)).rejects.toMatchObject({ name: 'CallError', reason: 'unreachable' });
  });
});

describe('givenConfig', () => {
  it('reads what the page has itself, and knows no gateway', async () => {
    const { config, gatewayOrigin } = await givenConfig({ data: { name: 'Northwind', theme: { mode: 'dark' } } });
    expect(config.texts.title).toBe('Northwind');
    expect(config.themeMode).toBe('dark');
    expect(gatewayOrigin).toBeNull();
  });

  it.each([null, undefined, 'widget', []])('takes the defaults from %j', async (object) => {
    expect((await givenConfig(object)).config).toEqual(DEFAULT_CONFIG);
  });
});
