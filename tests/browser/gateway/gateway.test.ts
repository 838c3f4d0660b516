import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareGateway } from '../../../src/gateway/gateway.ts';
import type { Closed, FromWorker } from '../../../src/gateway/ports.ts';
import socketScript from '../../../src/gateway/socket.worker.ts?script';
import type { StartMessage } from '../../../src/protocol/messages.ts';

/** Nobody listens there, above the ports that a system hands out. (Of one that it forbids, WebKit never tells.) */
const NOWHERE = 'ws://127.0.0.1:65533/connection';

const START: StartMessage = {
  type: 'start',
  version: 1,
  call_id: 'c',
  assistant_id: 'a',
  mode: 'voice',
  audio: { up: [], down: [] },
};

/** Every worker made in a test, and which of them were let go by the page. */
const workers: Worker[] = [];
const terminated = new Set<Worker>();
const RealWorker = Worker;

class WatchedWorker extends RealWorker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    workers.push(this);
  }
  override terminate(): void {
    terminated.add(this);
    super.terminate();
  }
}

let abort: AbortController;

beforeEach(() => {
  abort = new AbortController();
  workers.length = 0;
  terminated.clear();
  vi.stubGlobal('Worker', WatchedWorker);
});

afterEach(() => {
  abort.abort();
  vi.unstubAllGlobals();
});

const prepare = () => prepareGateway({ assetBase: null, signal: abort.signal });

/** A call to nowhere: how it closed, and what became of the ports. */
async function callNowhere(prepared: Awaited<ReturnType<typeof prepare>>) {
  const uplink = new MessageChannel();
  const downlink = new MessageChannel();
  const closed = await new Promise<Closed>((resolve) => {
    prepared.open({
      url: NOWHERE,
      start: START,
      uplink: uplink.port2,
      downlink: downlink.port2,
      onmessage() {},
      onclose: resolve,
    });
  });
  return { closed, uplink, downlink };
}

describe('the socket worker', () => {
  it('loads from a blob and says hello', async () => {
    const url = URL.createObjectURL(new Blob([socketScript.source], { type: 'text/javascript' }));
    const worker = new RealWorker(url);
    const hello = await new Promise<FromWorker>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
    });
    worker.terminate();
    URL.revokeObjectURL(url);
    expect(hello).toEqual({ type: 'hello' });
  });
});

describe('prepareGateway', () => {
  it('carries a call in a worker, and leaves none', async () => {
    const prepared = await prepare();
    expect(prepared.inWorker).toBe(true);
    const { closed } = await callNowhere(prepared);
    expect(closed).toMatchObject({ code: 1006, opened: false, ready: false });
    expect(terminated).toEqual(new Set(workers));
  });

  it('falls to the page where there is no Worker', async () => {
    vi.stubGlobal('Worker', undefined);
    const prepared = await prepare();
    expect(prepared.inWorker).toBe(false);
    const { closed } = await callNowhere(prepared);
    expect(closed).toMatchObject({ code: 1006, opened: false, ready: false });
  });

  it.each([
    ['at once, as Trusted Types does', refuseAtOnce],
    ['later, as a Content-Security-Policy does', refuseLater],
  ])('falls to the page where a Worker is refused %s', async (_, refuse) => {
    vi.stubGlobal('Worker', refuse());
    const prepared = await prepare();
    expect(prepared.inWorker).toBe(false);
    expect((await callNowhere(prepared)).closed.code).toBe(1006);
  });

  it('loses nothing that was said before it knew where', async () => {
    vi.stubGlobal('Worker', undefined);
    const sockets: EventTarget[] = [];
    const sent: unknown[] = [];
    class Wire extends EventTarget {
      readyState = 1;
      onopen: (() => void) | null = null;
      onmessage: ((event: { data: string }) => void) | null = null;
      onclose: (() => void) | null = null;
      constructor() {
        super();
        sockets.push(this);
      }
      send(data: unknown): void {
        sent.push(data);
      }
      close(): void {}
    }
    vi.stubGlobal('WebSocket', Wire);
    const { port1, port2 } = new MessageChannel();
    for (let i = 0; i < 50; i++) port1.postMessage({ type: 'frame', pcm: new Int16Array(320).fill(i).buffer });
    const gateway = (await prepare()).open({
      url: NOWHERE,
      start: START,
      uplink: port2,
      downlink: null,
      onmessage() {},
      onclose() {},
    });
    const pcm = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };
    const ready = {
      type: 'ready',
      version: 1,
      call_id: 'c',
      resume_token: 't',
      received: 0,
      audio: { up: pcm, down: pcm },
      assistant: { name: 'Nora', language: 'en' },
      limits: { max_duration_s: 600, silence_s: 30 },
    };
    (sockets[0] as Wire).onmessage!({ data: JSON.stringify(ready) });
    await vi.waitFor(() => expect(gateway.stats.sentFrames).toBe(50));
    expect(sent.map((pcm) => new Int16Array(pcm as ArrayBuffer)[0])).toEqual(Array.from({ length: 50 }, (_, i) => i));
    gateway.close();
  });

  it('rejects when it is aborted, and leaves no worker', async () => {
    const preparing = prepare();
    abort.abort(new Error('hung up'));
    await expect(preparing).rejects.toThrow('hung up');
    expect(terminated).toEqual(new Set(workers));
  });

  it('lets a worker go that was prepared for a call that never came', async () => {
    await prepare();
    expect(terminated.size).toBeLessThan(workers.length);
    abort.abort();
    expect(terminated).toEqual(new Set(workers));
  });

  it('closes with its signal, without a word', async () => {
    const prepared = await prepare();
    let closed = 0;
    const options = {
      url: NOWHERE,
      start: START,
      uplink: null,
      downlink: null,
      onmessage() {},
      onclose: () => closed++,
    };
    const gateway = prepared.open(options);
    abort.abort();
    await gateway.gone;
    await gateway.end('visitor');
    expect(closed).toBe(0);
  });
});

function refuseAtOnce(): unknown {
  return function refuse() {
    throw new TypeError("This document requires 'TrustedScriptURL' assignment.");
  };
}

function refuseLater(): unknown {
  return class Refused extends EventTarget {
    constructor() {
      super();
      queueMicrotask(() => this.dispatchEvent(new Event('error')));
    }
    terminate(): void {}
  };
}
