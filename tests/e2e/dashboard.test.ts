/** A site is run from the dashboard: against a real platform on this machine, as it is built and served. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalPlatform, startLocalPlatform } from '../../src/platform/local-platform.ts';
import { GatewayClient } from '../gateway-client.ts';
import { launchChromium } from './visit.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let platform: LocalPlatform;
let browser: Browser;
let page: Page;
/** Where the page's requests went, and what it complained of. */
const origins = new Set<string>();
const errors: string[] = [];

beforeAll(async () => {
  [platform, browser] = await Promise.all([
    startLocalPlatform({ port: 0, folder: null, siteUrl: 'http://localhost:9/' }),
    launchChromium(),
  ]);
  await callInWriting('Hello <b>there</b>');
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  page = await context.newPage();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (/content.security.policy/i.test(message.text())) errors.push(message.text());
  });
  await page.goto(platform.url);
});
afterAll(() => Promise.all([platform?.close(), browser?.close()]));

/** A call through the first customer's widget: something is written, answered, and the visitor goes. */
async function callInWriting(message: string): Promise<void> {
  const response = await fetch(`${platform.apiUrl}/v1/widgets/create-call`, {
    method: 'POST',
    headers: { 'X-API-Key': platform.apiKey, 'Content-Type': 'application/json' },
    body: JSON.stringify({ widget_id: platform.widgetId }),
  });
  const { gateway } = (await response.json()) as { gateway: { url: string } };
  const call = await GatewayClient.call(gateway.url, { origin: 'http://localhost:9' }, { mode: 'text' });
  call.send({ type: 'text', id: 'first', text: message });
  await call.until(
    () => call.messages.some((one) => one.type === 'transcript' && one.role === 'assistant' && one.final),
    'an answer',
  );
  call.send({ type: 'end', reason: 'visitor' });
  await call.closed;
}

const link = (name: string | RegExp) => page.getByRole('link', { name, exact: typeof name === 'string' });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const title = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });

describe('the dashboard', () => {
  it('lets in whoever has a key', async () => {
    await page.getByLabel('API key').fill(platform.apiKey);
    await button('Open the dashboard').click();
    await title('Calls').waitFor();
  });

  it('makes a widget, whose card is drawn as it is written', async () => {
    await link('Widgets').click();
    await link('New widget').click();
    await page.getByLabel('Assistant').selectOption({ label: 'Sam' });
    await page.getByLabel('Title').fill('Ask the kitchen');
    await page.locator('indigenius-widget').getByText('Ask the kitchen').waitFor();
    await button('Create widget').click();
    await title('Ask the kitchen').waitFor();
    const id = new URL(page.url()).hash.split('/').at(-1)!;
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    await page.getByText(`widget-id="${id}"`).waitFor();
  });

  it('changes its colour, which stays', async () => {
    await page.getByLabel('Button', { exact: true }).fill('#9a3412');
    const start = page.locator('indigenius-widget [part=start-button]');
    const color = () => start.evaluate((element) => getComputedStyle(element).backgroundColor);
    await expect.poll(color).toBe('rgb(154, 52, 18)');
    await button('Save').click();
    await page.getByText('Saved.').waitFor();
    await page.reload();
    await title('Ask the kitchen').waitFor();
    await expect.poll(color).toBe('rgb(154, 52, 18)');
    expect(await page.getByLabel('Button', { exact: true }).inputValue()).toBe('#9a3412');
  });

  it('makes a key that works, and revokes it', async () => {
    await link('Keys').click();
    await link('New key').click();
    await page.getByLabel('Name').fill('Export');
    await page.getByLabel('calls:read').check();
    await button('Create key').click();
    await button('Copy the key').click();
    await page.getByText('Copied.').waitFor();
    const key = await page.evaluate(() => navigator.clipboard.readText());
    const asks = async (path: string): Promise<number> =>
      (await fetch(`${platform.apiUrl}${path}`, { headers: { 'X-API-Key': key } })).status;
    expect([await asks('/v1/calls'), await asks('/v1/widgets')]).toEqual([200, 403]);
    await link('I have stored it').click();
    await button('Revoke').click();
    await button('Revoke key').click();
    await page.getByText('The key is revoked.').waitFor();
    await page.getByRole('heading', { name: 'What it could do' }).waitFor();
    expect(await asks('/v1/calls')).toBe(401);
  });

  it('shows a call with what was said, letter for letter', async () => {
    await link('Calls').click();
    await page.getByRole('rowheader').getByRole('link').first().click();
    await title(/^Call of /).waitFor();
    const transcript = page.getByRole('region', { name: 'Transcript' });
    await transcript.getByText('Hello <b>there</b>', { exact: true }).waitFor();
    await page.getByRole('img', { name: /the visitor spoke once/ }).waitFor();
    expect(await transcript.getByText('Assistant', { exact: true }).count()).toBeGreaterThan(0);
    await page.getByText('Ended by the visitor').waitFor();
    await page.getByRole('region', { name: 'Analysis' }).getByText('Time to an answer').waitFor();
  });

  it('has nothing that axe objects to as a whole page', async () => {
    // By evaluation: the page's own policy would refuse a script tag.
    await page.evaluate(readFileSync(axePath, 'utf8'));
    const violations = await page.evaluate(async () => {
      const { axe: here } = globalThis as unknown as { axe: typeof axe };
      const results = await here.run();
      return results.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
    });
    expect(violations).toEqual([]);
  });

  it('goes back by the browser’s own button', async () => {
    await page.goBack();
    await title('Calls').waitFor();
  });

  it('has asked nobody but its own platform, and broken no rule of its page', () => {
    expect([...origins]).toEqual([new URL(platform.url).origin]);
    expect(errors).toEqual([]);
  });
});
