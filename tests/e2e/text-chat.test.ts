/** A visitor who writes: with an assistant that only writes back, and with one that is speaking. */

import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../../demo/sample.ts';
import type * as Client from '../../src/client.ts';
import type { Call, CallState, StartOptions, TranscriptLine } from '../../src/client.ts';
import { launchChromium, Visit } from './visit.ts';

declare global {
  /** What the page asked of the browser that only sound needs. */
  var soundWanted: string[];
  var client: typeof Client;
  var lines: TranscriptLine[];
  var states: CallState[];
  var call: Call;
}

let sample: Sample;
let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  [sample, browser] = await Promise.all([
    startSample({ port: 0, platformPort: 0, folder: null, callsPerMinute: 1000 }),
    launchChromium(),
  ]);
});
afterAll(() => Promise.all([sample?.close(), browser?.close()]));
afterEach(() => visit?.close());

function installWatch(): void {
  globalThis.soundWanted = [];
  const { soundWanted } = globalThis;
  const watched = <T extends Function>(name: string): ProxyHandler<T> => ({
    apply: (target, that, args: unknown[]) => {
      soundWanted.push(name);
      return Reflect.apply(target, that, args) as unknown;
    },
    construct: (target, args: unknown[]) => {
      soundWanted.push(name);
      return Reflect.construct(target, args) as object;
    },
  });
  const { mediaDevices } = navigator;
  mediaDevices.getUserMedia = new Proxy(mediaDevices.getUserMedia.bind(mediaDevices), watched('getUserMedia'));
  globalThis.AudioContext = new Proxy(AudioContext, watched('AudioContext'));
  AudioWorklet.prototype.addModule = new Proxy(AudioWorklet.prototype.addModule, watched('addModule'));
}

/** A page with a call of its own, that nobody has started. */
async function openPage(): Promise<{ page: Page; fetched: string[] }> {
  visit = await Visit.open(browser, sample.site, { prepare: (page) => page.addInitScript(installWatch) });
  const { page } = visit;
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  // The runner would make something else of an import within a function.
  await page.addScriptTag({ type: 'module', content: "import * as client from '/client.js'; window.client = client;" });
  await page.waitForFunction(() => 'client' in globalThis);
  await page.evaluate(
    async ([proxyUrl, widgetId]) => {
      const { Call, fetchConfig } = globalThis.client;
      const { signal } = new AbortController();
      const { config } = await fetchConfig({ proxyUrl, widgetId, signal });
      const call = new Call(async () => ({ proxyUrl, widgetId, config, assetBase: null, language: null }));
      globalThis.lines = [];
      globalThis.states = [];
      call.ontranscript = (line) => globalThis.lines.push(line);
      call.onstate = (state) => globalThis.states.push(state);
      globalThis.call = call;
    },
    [sample.proxy, sample.widgetId] as const,
  );
  return { page, fetched };
}

const start = (page: Page, options: Pick<StartOptions, 'mode' | 'message'>): Promise<void> =>
  page.evaluate((given) => globalThis.call.start(given), options);

/** Waits for a whole line of the assistant's after the visitor's own of these words, and gives it. */
async function answerTo(page: Page, question: string): Promise<string> {
  const answer = await page.waitForFunction((asked) => {
    const { lines } = globalThis;
    const at = lines.findIndex(({ role, text, final }) => role === 'user' && text === asked && final);
    const before = new Set(lines.slice(0, Math.max(at, 0)).map(({ id }) => id));
    return at >= 0 && lines.slice(at).find(({ id, role, final }) => role === 'assistant' && final && !before.has(id));
  }, question);
  return ((await answer.jsonValue()) as TranscriptLine).text;
}

const waitForTurn = (page: Page, turn: string): Promise<unknown> =>
  page.waitForFunction((wanted) => {
    const { state } = globalThis.call;
    return state.name === 'live' && state.turn === wanted;
  }, turn);

const lastOf = (page: Page, id: string): Promise<string> =>
  page.evaluate((wanted) => globalThis.lines.findLast((line) => line.id === wanted)!.text, id);

describe('a call in writing', () => {
  it('is a conversation for which nobody is asked for a microphone, and nothing of sound is fetched or made', async () => {
    const { page, fetched } = await openPage();
    await start(page, { mode: 'text', message: 'Do you cater for weddings?' });
    expect(await page.evaluate(() => globalThis.call.state)).toMatchObject({ name: 'live', mode: 'text', weak: false });
    expect(await answerTo(page, 'Do you cater for weddings?')).not.toBe('');
    await waitForTurn(page, 'listening');

    // What was typed is there at once, and the gateway's echo takes its place.
    expect(await page.evaluate(() => globalThis.call.sendText('  Where are you?  '))).toBe(true);
    expect(await answerTo(page, 'Where are you?')).not.toBe('');
    await waitForTurn(page, 'listening');
    const typed = await page.evaluate(() => globalThis.lines.filter(({ text }) => text === 'Where are you?'));
    expect(typed.map(({ final }) => final)).toEqual([false, true]);
    expect(new Set(typed.map(({ id }) => id)).size).toBe(1);

    const turns = await page.evaluate(() => globalThis.states.map((state) => state.name === 'live' && state.turn));
    expect(new Set(turns)).toEqual(new Set([false, 'thinking', 'listening']));
    expect(await page.evaluate(() => globalThis.call.getStats())).toBeNull();

    await page.evaluate(() => globalThis.call.end());
    const names = await page.evaluate(() => globalThis.states.map(({ name }) => name));
    expect([...new Set(names)]).toEqual(['starting', 'connecting', 'live', 'ended']);
    expect(await page.evaluate(() => globalThis.soundWanted)).toEqual([]);
    expect(fetched.filter((url) => /worklet|call-sound|audio\/(microphone|speaker)/.test(url))).toEqual([]);
    await expect.poll(() => sample.activeCalls()).toBe(0);
  });

  it('is ended by the assistant where the visitor writes goodbye', async () => {
    const { page } = await openPage();
    await start(page, { mode: 'text', message: 'Thank you, goodbye!' });
    await page.waitForFunction(() => globalThis.call.state.name === 'ended');
    expect(await page.evaluate(() => globalThis.call.state)).toMatchObject({ reason: 'assistant', error: null });
  });
});

describe('a call aloud', () => {
  it('answers what is typed, aloud, and what was being said ends', async () => {
    const written = await openPage();
    await start(written.page, { mode: 'text' });
    await waitForTurn(written.page, 'listening');
    const greeting = await written.page.waitForFunction(() => globalThis.lines.find(({ final }) => final));
    const { id, text } = (await greeting.jsonValue()) as TranscriptLine;
    await visit.close();

    const { page } = await openPage();
    await page.mouse.click(2, 2);
    await start(page, {});
    await waitForTurn(page, 'speaking');
    await page.evaluate(() => globalThis.call.sendText('Do you cater for weddings?'));
    expect(await answerTo(page, 'Do you cater for weddings?')).not.toBe('');
    await waitForTurn(page, 'speaking');
    const said = await lastOf(page, id);
    expect(text.startsWith(said)).toBe(true);
    expect(said.length).toBeLessThan(text.length);
    expect(await page.evaluate(() => globalThis.soundWanted)).toContain('getUserMedia');
    await page.evaluate(() => globalThis.call.end());
    await visit.released();
  });
});

describe('two calls of a page', () => {
  it('from two copies of the code have the microphone one after the other', async () => {
    const { page } = await openPage();
    await visit.start();
    await visit.waitFor('call-connect');
    await page.mouse.click(2, 2);
    await start(page, {});
    await visit.waitFor('call-end', { reason: 'replaced' });
    // A call may be live before its microphone is open.
    await expect.poll(() => page.evaluate(() => globalThis.soundBench.held())).toEqual({ tracks: 1, contexts: 1 });
    await page.evaluate(() => globalThis.call.end());
    await visit.released();
  });
});
