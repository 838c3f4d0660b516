/** The API reference in a real browser: it shows every operation, sends requests, and asks no other origin for anything. */

import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createPlatform,
  openStore,
  seed,
  type Seeded,
  servePlatform,
  type Serving,
  silentLogger,
} from '../../src/platform/platform.ts';
import { launchChromium } from './visit.ts';

let browser: Browser;
let serving: Serving;
let seeded: Seeded;

beforeAll(async () => {
  const store = await openStore({ folder: null });
  seeded = await seed(store, { siteUrl: 'http://localhost:5173/', allowedOrigins: [] });
  // As behind something: what the world calls the platform is not where this page is.
  const platform = createPlatform({ store, publicUrl: 'https://voice.example.com', logger: silentLogger });
  serving = await servePlatform({ platform, gateway: { handle() {}, async drain() {} }, port: 0 });
  browser = await launchChromium();
});
afterAll(() => Promise.all([browser?.close(), serving?.close()]));

describe('/docs', () => {
  let context: BrowserContext;
  let page: Page;
  let requests: string[];
  let complaints: string[];

  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
    [requests, complaints] = [[], []];
    page.on('request', (request) => requests.push(request.url()));
    page.on('websocket', (socket) => requests.push(socket.url().replace(/^ws/, 'http')));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
  });
  afterEach(() => context.close());

  /** Once the page has asked for all that it asks for. */
  async function open(path = '/docs', key: string | null = null): Promise<void> {
    if (key !== null) await page.addInitScript((key) => sessionStorage.setItem('indigenius-key', key), key);
    await page.goto(`${serving.url}${path}`, { waitUntil: 'networkidle' });
    await page.getByRole('heading', { name: 'Indigenius API' }).waitFor();
  }

  /** Where requests went, but for what never leaves the page. */
  function origins(): string[] {
    const sent = requests.filter((url) => !/^(data|blob):/.test(url));
    return [...new Set(sent.map((url) => new URL(url).origin))];
  }

  it('shows every operation', async () => {
    await open();
    const response = await fetch(`${serving.url}/openapi.json`);
    const { paths } = (await response.json()) as { paths: Record<string, Record<string, { summary: string }>> };
    const summaries = Object.values(paths).flatMap((item) => Object.values(item).map(({ summary }) => summary));
    expect(summaries.length).toBeGreaterThanOrEqual(14);
    const contents = page.getByRole('complementary');
    for (const summary of summaries) await contents.getByRole('link', { name: `${summary} HTTP Method` }).waitFor();
    expect(origins()).toEqual([new URL(serving.url).origin]);
    expect(complaints).toEqual([]);
  });

  it('sends a request with the key that the dashboard has, and shows the answer', async () => {
    await open('/docs#tag/widgets/GET/v1/widgets', seeded.apiKey);
    await page.getByRole('button', { name: /Test Request.*get \/v1\/widgets\)/i }).click();
    const dialog = page.getByRole('dialog');
    const [answer] = await Promise.all([
      page.waitForResponse(`${serving.url}/v1/widgets`),
      dialog.getByRole('button', { name: /^Send get request/i }).click(),
    ]);
    expect(answer.status()).toBe(200);
    expect(answer.request().headers()['x-api-key']).toBe(seeded.apiKey);
    await dialog.getByText('200 OK').first().waitFor();
    await dialog.getByText('Widgets fetched').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(origins()).toEqual([new URL(serving.url).origin]);
    expect(complaints).toEqual([]);
  });

  it('keeps the key out of what outlives the visit', async () => {
    await open('/docs', seeded.apiKey);
    const kept = await page.evaluate(() => JSON.stringify(localStorage) + document.cookie);
    expect(kept).not.toContain(seeded.apiKey);
  });
});
