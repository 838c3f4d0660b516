import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareGateway } from '../../../src/gateway/gateway.ts';
import type { Closed, FromWorker } from '../../../src/gateway/ports.ts';
import socketScript from '../../../src/gateway/socket.worker.ts?script';
import type { DownlinkMessage, HeardReport } from '../../../src/protocol/media.ts';
import type { GatewayMessage, StartMessage } from '../../../src/protocol/messages.ts';

/** Nobody listens there, above the ports that a system hands out. (Of one that it forbids, WebKit never tells.) */
const NOWHERE = 'ws://127.0.0.1:65533/connection';

const PCM = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 } as const;

const START: StartMessage = {
  type: 'start',
  version: 1,
  call_id: 'c',
  assistant_id: 'a',
  mode: 'voice',
  audio: { up: [PCM], down: [PCM] },
};

const READY: GatewayMessage = {
  type: 'ready',
  version: 1,
  call_id: 'c',
  resume_token: 't',
  received: 0,
  audio: { up: PCM, down: PCM },
  assistant: { name: 'Nora', language: 'en' },
  limits: { max_duration_s: 600, silence_s: 30 },
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
    const url = URL.createObjectURL(new Blob([await socketScript.source()], { type: 'text/javascript' }));
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
    const sent: number[] = [];
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
        if (data instanceof ArrayBuffer) sent.push(new Int16Array(data)[0]!);
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
    (sockets[0] as Wire).onmessage!({ data: JSON.stringify(READY) });
    await vi.waitFor(async () => expect((await gateway.getStats()).sentFrames).toBe(50));
    expect(sent).toEqual(Array.from({ length: 50 }, (_, i) => i));
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

const soon = (fact: () => void | Promise<void>) => vi.waitFor(fact, 10_000);

/** In place of a line, in whatever scope this runs: what is said on it goes to a channel, and comes from there. */
function lineThroughChannel(): void {
  const channel = new BroadcastChannel('line');
  class Line {
    readyState = 1;
    bufferedAmount = 0;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: unknown }) => void) | null = null;
    constructor() {
      channel.addEventListener('message', ({ data }) => this.onmessage?.({ data }));
      setTimeout(() => this.onopen?.());
    }
    send(data: unknown): void {
      channel.postMessage(data);
    }
    close(): void {
      channel.close();
    }
  }
  Object.assign(globalThis, { WebSocket: Line });
}

describe.each(['worker', 'page'] as const)('a call in the %s', (place) => {
  let line: BroadcastChannel;
  let said: { type: string }[];
  let url: string;

  beforeEach(async () => {
    line = new BroadcastChannel('line');
    said = [];
    line.onmessage = ({ data }: MessageEvent) => {
      if (typeof data !== 'string') return;
      const message = JSON.parse(data) as { type: string };
      // It comes every few seconds, between any two others.
      if (message.type === 'ping') return;
      said.push(message);
      if (message.type === 'start') say(READY);
    };
    const source = `(${lineThroughChannel})();${await socketScript.source()}`;
    url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    vi.stubGlobal('WebSocket', WebSocket);
    if (place === 'page') lineThroughChannel();
    const onTheLine = class extends WatchedWorker {
      constructor() {
        super(url);
      }
    };
    vi.stubGlobal('Worker', place === 'worker' ? onTheLine : undefined);
  });

  afterEach(() => {
    line.close();
    URL.revokeObjectURL(url);
  });

  const say = (message: GatewayMessage): void => line.postMessage(JSON.stringify(message));

  /** The sound graph's ends of a pair of channels, the socket's, and what the player got. */
  function sound() {
    const [microphone, speaker] = [new MessageChannel(), new MessageChannel()];
    const played: DownlinkMessage[] = [];
    speaker.port1.onmessage = ({ data }: MessageEvent<DownlinkMessage>) => played.push(data);
    const ports = { uplink: microphone.port2, downlink: speaker.port2 };
    return { microphone: microphone.port1, speaker: speaker.port1, played, ports };
  }

  async function live() {
    const first = sound();
    const prepared = await prepare();
    expect(prepared.inWorker).toBe(place === 'worker');
    const gateway = prepared.open({ url: NOWHERE, start: START, ...first.ports, onmessage() {}, onclose() {} });
    await soon(async () => expect(await gateway.getStats()).toMatchObject({ up: PCM, down: PCM }));
    return { ...first, gateway };
  }

  it('gives the microphone its buffers back', async () => {
    const { microphone, gateway } = await live();
    const back = new Promise((resolve) => {
      microphone.onmessage = ({ data }) => resolve(data);
    });
    const { buffer } = new Int16Array(320).fill(7);
    microphone.postMessage({ type: 'frame', pcm: buffer }, [buffer]);
    expect(await back).toEqual({ type: 'spent', pcm: new Int16Array(320).fill(7).buffer });
    // A busy worker may not answer in time: then these are the last that were known.
    await soon(async () => expect(await gateway.getStats()).toMatchObject({ sentFrames: 1, backlogMs: 20 }));
    gateway.close();
  });

  it('goes on with another player, which the visitor can stop', async () => {
    const { gateway, speaker, played } = await live();
    say({ type: 'turn_start', turn_id: 't1', at_ms: 0 });
    line.postMessage(new Int16Array(320).buffer);
    await soon(() => expect(played.at(-1)!.type).toBe('frame'));
    speaker.postMessage({ type: 'heard', turnId: 't1', turnMs: 5, playedMs: 5, done: false } satisfies HeardReport);
    await soon(() => expect(said).toContainEqual(expect.objectContaining({ type: 'ack', played_ms: 5 })));

    const next = sound();
    gateway.connect(next.ports);
    await soon(() =>
      expect(next.played).toEqual([
        { type: 'format', sampleRate: 16_000 },
        { type: 'turn_start', turnId: 't1' },
        { type: 'frame', turnId: 't1', pcm: new Int16Array(240).buffer },
      ]),
    );

    gateway.interrupt();
    await soon(() => expect(next.played.at(-1)).toEqual({ type: 'clear', turnId: 't1' }));
    await soon(() => expect(said.at(-1)).toMatchObject({ type: 'ack', done: true }));
    expect(said.at(-2)).toEqual({ type: 'interrupt', turn_id: 't1', played_ms: 5 });
    expect(played).toHaveLength(3);
    gateway.close();
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
