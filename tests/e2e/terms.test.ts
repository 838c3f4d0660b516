/** A widget whose owner asks for terms: nothing starts before they are accepted, and the gateway believes no less. */

import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../../demo/sample.ts';
import { launchChromium, Visit } from './visit.ts';

let sample: Sample;
let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  [sample, browser] = await Promise.all([
    startSample({ port: 0, platformPort: 0, folder: null, callsPerMinute: 1000 }),
    launchChromium(),
  ]);
  const response = await fetch(new URL(`/v1/widgets/${sample.widgetId}`, sample.platform), {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': sample.apiKey! },
    body: JSON.stringify({
      terms_and_condition: true,
      terms_and_condition_content: 'By continuing, you agree to recording terms.',
    }),
  });
  expect(response.status).toBe(200);
});
afterAll(() => Promise.all([sample?.close(), browser?.close()]));
afterEach(() => visit?.close());

/** Requests for a call that the page has made so far. */
function calls(): string[] {
  const asked: string[] = [];
  visit.page.on('request', (request) => {
    if (request.url().endsWith('/create-call')) asked.push(request.url());
  });
  return asked;
}

const widget = 'indigenius-widget';

describe('terms', () => {
  it('stand before a call started by the button, and once accepted it is live', async () => {
    visit = await Visit.open(browser, sample.site);
    const asked = calls();
    await visit.start();
    await visit.waitForWords(/agree to recording terms/);
    expect(asked).toEqual([]);
    await visit.released();
    await visit.button(/agree/i).click();
    await visit.waitFor('call-connect');
  });

  it.each(['startCall', 'toggleCall'] as const)('stand before a call started by %s()', async (method) => {
    visit = await Visit.open(browser, sample.site);
    const asked = calls();
    await visit.page.evaluate(
      ([name, start]) => {
        const element = document.querySelector(name) as unknown as Record<string, () => Promise<void>>;
        element[start]!().catch(() => {});
      },
      [widget, method] as const,
    );
    await visit.waitFor('state', { state: 'consent' });
    expect(asked).toEqual([]);
  });

  it('that are declined leave no call, and the start is rejected', async () => {
    visit = await Visit.open(browser, sample.site);
    const asked = calls();
    const reason = visit.page.evaluate(async (name) => {
      const element = document.querySelector(name) as unknown as { startCall(): Promise<void> };
      return element.startCall().then(
        () => 'live',
        (error: { reason: string }) => error.reason,
      );
    }, widget);
    await visit.waitFor('state', { state: 'consent' });
    await visit.button(/not now/i).click();
    expect(await reason).toBe('terms-declined');
    expect(asked).toEqual([]);
  });
});
