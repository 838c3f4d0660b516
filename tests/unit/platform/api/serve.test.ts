import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { servePlatform, type SocketGateway } from '../../../../src/platform/platform.ts';
import { MAX_FRAME_BYTES } from '../../../../src/protocol/messages.ts';
import { addAssistant, addWidget, openPlatform } from './api.ts';

/** Writes down what it is given, echoes, and takes its time to drain until it is told to have done so. */
function recordingGateway() {
  const requests: { url: string; origin: string | null }[] = [];
  const events: string[] = [];
  let release = (): void => {};
  const drained = new Promise<void>((resolve) => {
    release = resolve;
  });
  const gateway: SocketGateway = {
    handle(socket, request) {
      requests.push(request);
      socket.on('error', () => {});
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    },
    async drain(timeoutMs) {
      events.push(`drain ${timeoutMs}`);
      await drained;
    },
  };
  return { gateway, requests, events, release };
}

async function serve() {
  const recording = recordingGateway();
  const { platform, caller } = await openPlatform();
  const serving = await servePlatform({ platform, gateway: recording.gateway, port: 0, drainMs: 1_234 });
  onTestFinished(async () => {
    recording.release();
    await serving.close();
  });
  return { ...recording, platform, caller, serving };
}

describe('servePlatform', () => {
  it('answers requests on the port that it found', async () => {
    const { serving, caller } = await serve();
    expect(serving.url).toBe(`http://127.0.0.1:${serving.port}`);
    const acme = await caller('Acme Inc');
    const widget_id = await addWidget(acme, { assistantId: await addAssistant(acme) });
    const response = await fetch(`${serving.url}/v1/widgets/create-call`, {
      method: 'POST',
      headers: { 'X-API-Key': acme.key, 'Content-Type': 'application/json' },
      body: JSON.stringify({ widget_id }),
    });
    expect(response.status).toBe(201);
    expect((await fetch(`${serving.url}/healthz`)).status).toBe(200);
  });

  it('answers 413 to a body that is too long and comes in pieces', async () => {
    const { serving, caller } = await serve();
    const { key } = await caller('Acme Inc');
    const piece = new TextEncoder().encode(' '.repeat(32 * 1024));
    let left = 12;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (left-- > 0 ? controller.enqueue(piece) : controller.close()),
    });
    const init = { method: 'POST', headers: { 'X-API-Key': key, 'Content-Type': 'application/json' }, body };
    const response = await fetch(`${serving.url}/v1/assistants`, { ...init, duplex: 'half' } as RequestInit);
    expect(response.status).toBe(413);
  });

  it('hands sockets on the gateway’s path to the gateway, with path, query and origin', async () => {
    const { serving, requests } = await serve();
    const path = '/new-web-call/connection?assistant_id=a&call_id=b';
    const page = new WebSocket(`ws://127.0.0.1:${serving.port}${path}`, { origin: 'https://shop.example' });
    await once(page, 'open');
    expect(page.extensions).toBe('');
    page.send('hello');
    const [echo] = (await once(page, 'message')) as [Buffer];
    expect(echo.toString()).toBe('hello');
    const program = new WebSocket(`ws://127.0.0.1:${serving.port}/new-web-call/connection`);
    await once(program, 'open');
    expect(requests).toEqual([
      { url: path, origin: 'https://shop.example' },
      { url: '/new-web-call/connection', origin: null },
    ]);
  });

  it('closes with 1009 for a frame over the limit, and takes one at the limit', async () => {
    const { serving } = await serve();
    const page = new WebSocket(`ws://127.0.0.1:${serving.port}/new-web-call/connection`);
    await once(page, 'open');
    page.send(new Uint8Array(MAX_FRAME_BYTES));
    const [echo] = (await once(page, 'message')) as [Buffer];
    expect(echo.byteLength).toBe(MAX_FRAME_BYTES);
    page.send(new Uint8Array(MAX_FRAME_BYTES + 1));
    const [code] = (await once(page, 'close')) as [number];
    expect(code).toBe(1009);
  });

  it.each(['/', '/v1/widgets', '/new-web-call/connection/more', '//'])('refuses a socket on %s', async (path) => {
    const { serving, requests } = await serve();
    const page = new WebSocket(`ws://127.0.0.1:${serving.port}${path}`);
    const [error] = (await once(page, 'error')) as [Error];
    expect(error.message).toContain('404');
    expect(requests).toEqual([]);
  });

  it('lets calls end before it closes the sockets and the store', async () => {
    const { serving, platform, events, release } = await serve();
    const page = new WebSocket(`ws://127.0.0.1:${serving.port}/new-web-call/connection`);
    await once(page, 'open');
    const closing = serving.close();
    expect(serving.close()).toBe(closing);
    expect(events).toEqual(['drain 1234']);

    // The call still has its socket and its store.
    page.send('still here');
    await once(page, 'message');
    expect(await platform.desk.find('0'.repeat(24))).toBeNull();

    const closed = once(page, 'close');
    release();
    await closing;
    await closed;
    await expect(platform.desk.find('0'.repeat(24))).rejects.toThrow('the store failed');
    await expect(fetch(`${serving.url}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('says so where the port is taken', async () => {
    const { serving, platform, gateway } = await serve();
    await expect(servePlatform({ platform, gateway, port: serving.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
