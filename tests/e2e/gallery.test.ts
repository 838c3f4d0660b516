/** The story gallery, as it is built: by its address, by the keyboard, and by axe-core's rules for whole pages. */

import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../../demo/sample.ts';
import { launchChromium } from './visit.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let sample: Sample;
let browser: Browser;
let page: Page;
const asked: string[] = [];
const errors: string[] = [];

beforeAll(async () => {
  [sample, browser] = await Promise.all([startSample({ port: 0, platformPort: 0, folder: null }), launchChromium()]);
});
afterAll(() => Promise.all([sample?.close(), browser?.close()]));
afterEach(() => page?.close());

async function open(hash: string, widthPx = 1280): Promise<void> {
  page = await browser.newPage({ viewport: { width: widthPx, height: 800 } });
  asked.length = errors.length = 0;
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${sample.site}demo/gallery.html${hash}`);
}

describe('the gallery', () => {
  it('shows the story that the address names, in the light that it names, and asks no server', async () => {
    await open('#live/speaking?theme=dark&dir=rtl&width=320');
    await page.getByRole('heading', { level: 1, name: 'Speaking' }).waitFor();
    await page.getByRole('button', { name: 'End call' }).waitFor();
    await page.getByText('On Sundays we serve brunch').waitFor();
    expect(await page.getByRole('link', { name: 'Speaking', exact: true }).getAttribute('aria-current')).toBe('page');
    for (const name of ['Dark', 'Right to left', '320 px']) {
      expect(await page.getByRole('radio', { name }).isChecked()).toBe(true);
    }
    const widget = page.locator('story-widget');
    expect((await widget.boundingBox())?.width).toBe(320);
    expect(await widget.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
    expect(asked.filter((path) => path.startsWith('/indigenius/'))).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('goes by keyboard from one story to the next, and keeps the reader’s choices', async () => {
    await open('#ready/plain');
    await page.getByRole('radio', { name: '360 px' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => new URL(page.url()).hash).toBe('#ready/plain?width=400');
    expect(await page.getByRole('radio', { name: '400 px' }).evaluate((one) => one === document.activeElement)).toBe(
      true,
    );
    await page.getByRole('link', { name: 'Ready: Titled' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Titled' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#ready/titled?width=400');
    expect((await page.locator('story-widget').boundingBox())?.width).toBe(400);
  });

  it('lets a story be used: a call starts, is muted, and ends', async () => {
    await open('#ready/plain');
    await page.getByRole('button', { name: 'Start call' }).click();
    await page.getByRole('button', { name: 'Mute microphone' }).click();
    await page.getByText('You are muted').waitFor();
    await page.getByRole('button', { name: 'End call' }).click();
    await page.getByRole('button', { name: 'Call again' }).waitFor();
  });

  it('gives a card that floats a window of its own', async () => {
    await open('#ready/plain?mode=fab');
    const frame = page.frameLocator('iframe[title="Ready: Plain"]');
    await frame.locator('story-widget[display-mode=fab]').waitFor({ state: 'attached' });
    expect(await frame.locator('nav').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('shows all stories at once', async () => {
    await open('#all');
    await page.locator('nav li').first().waitFor();
    const stories = await page.locator('nav li').count();
    expect(stories).toBeGreaterThan(60);
    await expect.poll(() => page.locator('story-widget, iframe').count()).toBe(stories);
    expect(errors).toEqual([]);
  });

  it.each([
    ['#ready/plain', 1280],
    ['#all', 1280],
    ['#consent/long', 390],
  ])('has nothing at %s that axe objects to, %i px wide', async (hash, widthPx) => {
    await open(hash, widthPx);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.addScriptTag({ path: axePath });
    const violations = await page.evaluate(async () => {
      const { axe: here } = globalThis as unknown as { axe: typeof axe };
      // Stories stand side by side here; each has a page of its own in the end, and is looked at on its own.
      const results = await here.run({ exclude: [['.stage']] });
      return results.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
    });
    expect(violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
