/// <reference types="vite/types/importMeta.d.ts" />
/**
 * One long call: nothing of it grows, in the page, in the socket's worker and in the sound graph. A minute here; ten by
 * `npm run soak`.
 */

import { join } from 'node:path';
import type { Browser, CDPSession } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sample, startSample } from '../../demo/sample.ts';
import { launchChromium } from './visit.ts';

const MINUTES = import.meta.env.MODE === 'soak' ? 10 : 1;
/** Until the first answers have been said, and everything is compiled. */
const SETTLED_AFTER_S = 25;
/** Beyond what a few more captions and compiled functions take. */
const LEEWAY: Readonly<Record<string, number>> = { page: 1_000_000, worker: 200_000, worklet: 200_000 };

let sample: Sample;
let browser: Browser;

beforeAll(async () => {
  sample = await startSample({ port: 0, platformPort: 0, folder: null });
  // A visitor who says the same eleven seconds over and over.
  const speech = join(import.meta.dirname, '../fixtures/jfk.wav');
  browser = await launchChromium(['--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${speech}`]);
});
afterAll(() => Promise.all([sample?.close(), browser?.close()]));

/** The heaps of a page, its worker and its worklets, as Chromium counts them. */
class Heaps {
  readonly #cdp: CDPSession;
  readonly #sessions = new Map<string, string>();
  readonly #answers = new Map<number, (result: unknown) => void>();
  #asked = 0;

  static async of(cdp: CDPSession): Promise<Heaps> {
    const heaps = new Heaps(cdp);
    await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
    return heaps;
  }

  private constructor(cdp: CDPSession) {
    this.#cdp = cdp;
    cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => this.#sessions.set(targetInfo.type, sessionId));
    cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = JSON.parse(message) as { id?: number; result?: unknown };
      this.#answers.get(id ?? -1)?.(result);
    });
  }

  /** Bytes in use after collecting garbage, buffers included, by kind of place. */
  async bytes(): Promise<Record<string, number>> {
    const entries: [string, number][] = [['page', await this.#bytesOf(null)]];
    for (const [type, session] of this.#sessions) entries.push([type, await this.#bytesOf(session)]);
    return Object.fromEntries(entries);
  }

  async #bytesOf(session: string | null): Promise<number> {
    // More than once: what finalizers let go is collected by the next.
    for (let round = 0; round < 3; round++) await this.#send(session, 'HeapProfiler.collectGarbage');
    const usage = (await this.#send(session, 'Runtime.getHeapUsage')) as {
      usedSize: number;
      backingStorageSize: number;
    };
    return usage.usedSize + usage.backingStorageSize;
  }

  async #send(session: string | null, method: 'HeapProfiler.collectGarbage' | 'Runtime.getHeapUsage') {
    if (session === null) return this.#cdp.send(method);
    const id = ++this.#asked;
    const answer = new Promise((resolve) => this.#answers.set(id, resolve));
    await this.#cdp.send('Target.sendMessageToTarget', {
      sessionId: session,
      message: JSON.stringify({ id, method }),
    });
    return answer;
  }
}

it(
  `a call of ${MINUTES} minutes holds no more at its end than at its beginning`,
  { timeout: (MINUTES + 2) * 60_000 },
  async () => {
    const context = await browser.newContext({ permissions: ['microphone'] });
    const page = await context.newPage();
    await page.goto(sample.site);
    const heaps = await Heaps.of(await context.newCDPSession(page));
    const widget = page.locator('indigenius-widget');
    await widget.getByRole('button', { name: /start/i }).click();

    /** Waits until the call's own clock says so. */
    const until = async (seconds: number): Promise<void> => {
      const clock = widget.getByText(/^\d+:\d\d$/);
      await expect
        .poll(
          async () => {
            const [minutes, rest] = (await clock.first().innerText()).split(':').map(Number);
            return minutes! * 60 + rest!;
          },
          { timeout: (seconds + 30) * 1000, interval: 500 },
        )
        .toBeGreaterThanOrEqual(seconds);
    };
    await until(SETTLED_AFTER_S);
    const before = await heaps.bytes();
    expect(Object.keys(before).sort()).toEqual(['page', 'worker', 'worklet']);
    await until(MINUTES * 60);
    let grown: Record<string, number> = {};
    const overgrown = async (): Promise<string[]> => {
      const after = await heaps.bytes();
      grown = Object.fromEntries(Object.entries(after).map(([place, bytes]) => [place, bytes - before[place]!]));
      return Object.keys(grown).filter((place) => grown[place]! >= LEEWAY[place]!);
    };
    // What is on its way to the ear when it is measured comes and goes; what leaks stays.
    await expect.poll(overgrown, { timeout: 20_000, interval: 1_000 }).toEqual([]);
    console.log(`grown in ${MINUTES} minutes: ${JSON.stringify(grown)} of ${JSON.stringify(before)} bytes`);
    await context.close();
  },
);
