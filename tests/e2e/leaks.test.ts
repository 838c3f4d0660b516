/** Ten calls in a row, ended in every way there is: nothing of them is left in the page. */

import type { Browser, CDPSession } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../../demo/sample.ts';
import { createLocalVoice } from '../../src/platform/voice/local.ts';
import type { Wav } from '../wav.ts';
import { launchChromium, LISTENING, spoken, Visit } from './visit.ts';

let sample: Sample;
let browser: Browser;
let visit: Visit;
let goodbye: Wav;

beforeAll(async () => {
  [sample, browser] = await Promise.all([
    startSample({ port: 0, platformPort: 0, folder: null, callsPerMinute: 1000 }),
    launchChromium(),
  ]);
  const voice = await createLocalVoice();
  goodbye = await spoken(voice.mouth, 'Thank you, goodbye!');
  await voice.close();
});
afterAll(() => Promise.all([sample?.close(), browser?.close()]));
afterEach(() => visit?.close());

/** What Chromium itself counts in the page, after collecting garbage. */
async function counted(cdp: CDPSession): Promise<Record<string, number>> {
  // More than once: what finalizers let go is collected by the next.
  for (let round = 0; round < 3; round += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const wanted = ['AudioHandlers', 'AudioWorkletProcessors', 'JSEventListeners', 'Nodes', 'WorkerGlobalScopes'];
  return Object.fromEntries(
    metrics.filter(({ name }) => wanted.includes(name)).map(({ name, value }) => [name, value]),
  );
}

/** Those that are more than before: lines of a shorter conversation are fewer elements, and no loss. */
function grown(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(after).filter(([name, count]) => count > before[name]!));
}

describe('ten calls in a row', () => {
  // Fifteen calls, in three of which both sides speak.
  const timeout = 300_000;
  it('leave no track, context, worker, socket, audio node, listener or element behind', { timeout }, async () => {
    visit = await Visit.open(browser, sample.site);
    const { page } = visit;
    const cdp = await visit.cdp();
    await cdp.send('Performance.enable');

    const hangUp = (): Promise<unknown> => visit.end();
    const byPage = (): Promise<unknown> =>
      page.evaluate(() =>
        document.querySelector<HTMLElement & { endCall(): Promise<void> }>('indigenius-widget')!.endCall(),
      );
    const byError = async (): Promise<void> => {
      await visit.heard();
      await page.evaluate(() => globalThis.soundBench.unplug('none'));
    };
    const removed = (): Promise<unknown> =>
      page.evaluate(() => {
        // Away for long enough that it is no move.
        const widget = document.querySelector('indigenius-widget')!;
        const place = widget.parentElement!;
        const gone = new Promise((resolve) => widget.addEventListener('indigenius-call-end', resolve, { once: true }));
        widget.remove();
        return gone.then(() => place.append(widget));
      });
    const byAssistant = async (): Promise<void> => {
      await visit.waitForWords(/^speaking/i);
      await visit.waitForWords(LISTENING);
      await visit.say(goodbye);
    };

    const call = async (end: () => Promise<unknown>): Promise<void> => {
      const before = (await visit.events()).length;
      await visit.start();
      await visit.waitFor('call-connect', {}, { after: before });
      await end();
      // An element that is out of the page has nobody to tell.
      if (end !== removed) await visit.waitFor('call-end', {}, { after: before });
      await page.waitForFunction(() => globalThis.soundBench.held().contexts === 0);
    };
    // The first round loads what is kept on purpose: code, styles, the browser's own caches.
    for (const end of [hangUp, byPage, byError, removed, byAssistant]) await call(end);
    await visit.dropWarmLine();
    const before = await counted(cdp);
    for (const end of [hangUp, byPage, byError, removed, byAssistant]) await call(end);
    for (const end of [hangUp, byError, removed, byAssistant, hangUp]) await call(end);

    await visit.released();
    await visit.dropWarmLine();
    await expect.poll(() => page.workers()).toEqual([]);
    await expect.poll(() => sample.activeCalls()).toBe(0);
    await expect.poll(async () => grown(before, await counted(cdp)), { timeout: 30_000 }).toEqual({});
  });
});
