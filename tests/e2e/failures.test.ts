/** Every broken server between a visitor and the assistant: each ends in its own reason, within 15 s, on the card. */

import type { AddressInfo } from 'node:net';
import type { Browser, Page, Route } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Sample, startSample } from '../../demo/sample.ts';
import { launchChromium, Visit } from './visit.ts';

const WITHIN_MS = 15_000;

let sample: Sample;
let browser: Browser;
let visit: Visit;
let gateway: WebSocketServer;
let behave: (socket: WebSocket) => void = () => {};

beforeAll(async () => {
  [sample, browser] = await Promise.all([
    startSample({ port: 0, platformPort: 0, folder: null, callsPerMinute: 1000 }),
    launchChromium(),
  ]);
  gateway = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  gateway.on('connection', (socket) => behave(socket));
});
afterAll(async () => {
  for (const socket of gateway?.clients ?? []) socket.terminate();
  gateway?.close();
  await Promise.all([sample?.close(), browser?.close()]);
});
afterEach(() => visit?.close());

const json = (status: number, body: unknown) => (route: Route) =>
  route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(body) });
const failure = (status: number, code: string) => json(status, { error: { code, message: 'for developers' } });

/** Starts a call on a page prepared like this; resolves with the reason of the error that it ends in. */
async function reasonOfCall(prepare: (page: Page) => Promise<unknown>): Promise<string | undefined> {
  visit = await Visit.open(browser, sample.site, { prepare });
  await visit.start();
  const begun = await visit.waitFor('call-start');
  const { detail, atMs } = await visit.waitFor('call-end', { reason: 'error' });
  expect(atMs - begun.atMs).toBeLessThan(WITHIN_MS);
  await visit.released();
  return detail.errorReason;
}

describe('a proxy', () => {
  it.each<[string, string, (route: Route) => Promise<void>]>([
    ['that is down', 'unreachable', (route) => route.abort('connectionrefused')],
    ['whose platform does not know the widget', 'widget-unknown', failure(404, 'widget_unknown')],
    ['that refuses the origin', 'origin-refused', failure(403, 'origin_refused')],
    ['whose widget is paused', 'paused', failure(403, 'widget_paused')],
    ['whose widget is a draft', 'draft', failure(403, 'widget_draft')],
    ['that is full', 'full', failure(503, 'full')],
    ['whose platform fails', 'platform-error', failure(502, 'upstream_failed')],
    ['whose platform is down', 'unreachable', failure(502, 'upstream_unreachable')],
    ['that breaks', 'platform-error', (route) => route.fulfill({ status: 500, body: 'oops' })],
    [
      'that answers HTML',
      'platform-error',
      (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<p>Hi' }),
    ],
    ['that answers nothing', 'platform-error', (route) => route.fulfill({ status: 200, body: '' })],
    ['that answers no gateway', 'platform-error', json(201, { call_id: 'c1', assistant_id: 'a1' })],
    ['that never answers', 'timeout', () => new Promise<void>(() => {})],
  ])('%s ends a call as %s', async (_what, reason, answer) => {
    expect(await reasonOfCall((page) => page.route('**/indigenius/create-call', answer))).toBe(reason);
  });

  it.each<[string, string, (route: Route) => Promise<void>]>([
    ['that is down', 'unreachable', (route) => route.abort('connectionrefused')],
    ['that does not know the widget', 'widget-unknown', failure(404, 'widget_unknown')],
    [
      'that answers HTML',
      'platform-error',
      (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<p>Hi' }),
    ],
  ])('%s when the page is loaded is told once, as %s, and on the card', async (_what, reason, answer) => {
    visit = await Visit.open(browser, sample.site, {
      prepare: (page) => page.route('**/indigenius/widgets/*', answer),
    });
    await visit.waitFor('error', { errorReason: reason }, { timeoutMs: WITHIN_MS });
    await visit.page.locator('indigenius-widget').getByRole('status').getByText(/\S/).first().waitFor();
    const errors = (await visit.events()).filter(({ type }) => type === 'error');
    expect(errors).toHaveLength(1);
  });
});

describe('a gateway', () => {
  /** Sends the page's call to this test's gateway. */
  const redirected = (page: Page): Promise<unknown> =>
    page.route('**/indigenius/create-call', (route) => {
      const path = '/new-web-call/connection';
      const url = `ws://127.0.0.1:${(gateway.address() as AddressInfo).port}${path}?assistant_id=a1&call_id=c1`;
      return json(201, {
        status: true,
        message: 'Call created',
        call_id: 'c1',
        assistant_id: 'a1',
        gateway: { transport: 'websocket', path, url },
      })(route);
    });

  it.each<[string, string, (socket: WebSocket) => void]>([
    ['that refuses the origin', 'origin-refused', (socket) => socket.close(1008, 'origin not allowed')],
    ['that refuses the call', 'gateway-refused', (socket) => socket.close(1008, 'call unknown')],
    ['that closes at once', 'gateway-refused', (socket) => socket.close(1000)],
    ['that breaks at once', 'unreachable', (socket) => socket.terminate()],
    ['that is full', 'full', (socket) => socket.close(1013)],
    ['that is paused', 'paused', (socket) => socket.close(4000, 'paused')],
    ['of another version', 'protocol', (socket) => socket.close(4002)],
    ['that sends garbage', 'protocol', (socket) => socket.send('garbage')],
    ['that sends a broken ready', 'protocol', (socket) => socket.send('{"type":"ready"}')],
    ['that never says ready', 'timeout', () => {}],
  ])('%s ends a call as %s', async (_what, reason, behaviour) => {
    behave = behaviour;
    expect(await reasonOfCall(redirected)).toBe(reason);
  });

  /** Says `ready` to the `start` that comes, and then what follows. */
  const answer = (socket: WebSocket, ...then: object[]): Promise<void> => {
    const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };
    const ready = {
      type: 'ready',
      version: 1,
      call_id: 'c1',
      resume_token: 't',
      received: 0,
      audio: { up: audio, down: audio },
      assistant: { name: 'Sam', language: 'en' },
      limits: { max_duration_s: 60, silence_s: 60 },
    };
    return new Promise((resolve) => {
      socket.once('message', () => {
        for (const message of [ready, ...then]) socket.send(JSON.stringify(message));
        resolve();
      });
    });
  };

  it('that breaks in the middle of a call ends it as connection-lost', async () => {
    // Not before the page has said something: of what it has not read, a line that breaks may take the rest.
    behave = (socket) => void answer(socket).then(() => socket.once('message', () => socket.terminate()));
    expect(await reasonOfCall(redirected)).toBe('connection-lost');
  });

  it('whose engine fails and that closes in good order ends a call as platform-error', async () => {
    behave = (socket) => void answer(socket, { type: 'end', reason: 'error' }).then(() => socket.close(1000, 'error'));
    expect(await reasonOfCall(redirected)).toBe('platform-error');
  });

  it('that says its last word and leaves the closing to the client is not waited for', async () => {
    let closed: Promise<number> = Promise.reject(new Error('no socket'));
    closed.catch(() => {});
    behave = (socket) => {
      closed = new Promise((resolve) => socket.once('close', resolve));
      void answer(socket, { type: 'end', reason: 'assistant' });
    };
    visit = await Visit.open(browser, sample.site, { prepare: redirected });
    await visit.start();
    const begun = await visit.waitFor('call-connect');
    const ended = await visit.waitFor('call-end', { reason: 'assistant' });
    // Sooner than the longest goodbye would take.
    expect(ended.atMs - begun.atMs).toBeLessThan(8_000);
    expect(await closed).toBe(1000);
    await visit.released();
  });
});
