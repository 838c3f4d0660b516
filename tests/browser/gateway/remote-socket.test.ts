/** The page's handle, with a worker that a test plays. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Closed, FromWorker, GatewayStats, ToWorker } from '../../../src/gateway/ports.ts';
import { RemoteSocket } from '../../../src/gateway/remote-socket.ts';
import type { AudioFormat, StartMessage } from '../../../src/protocol/messages.ts';

const PCM: AudioFormat = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };

const START: StartMessage = {
  type: 'start',
  version: 1,
  call_id: 'c',
  assistant_id: 'a',
  mode: 'voice',
  audio: { up: [PCM], down: [PCM] },
};

class FakeWorker {
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: ((event: { preventDefault(): void }) => void) | null = null;
  terminated = false;
  readonly posted: ToWorker[] = [];
  readonly transferred: unknown[] = [];

  postMessage(message: ToWorker, transfer: readonly unknown[] = []): void {
    this.posted.push(message);
    this.transferred.push(...transfer);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(message: FromWorker): void {
    this.onmessage?.({ data: message });
  }

  get asked(): string[] {
    return this.posted.slice(1).map(({ type }) => type);
  }
}

const STATS: GatewayStats = {
  sentFrames: 5,
  droppedFrames: 1,
  rttMs: 30,
  backlogMs: 40,
  receivedMs: 2_000,
  up: PCM,
  down: PCM,
  bufferedAmount: 0,
};
const CLOSED: Closed = { code: 1000, reason: '', opened: true, ready: true };

let worker: FakeWorker;
let socket: RemoteSocket;
let closes: Closed[];

beforeEach(() => {
  vi.useFakeTimers();
  worker = new FakeWorker();
  closes = [];
  socket = new RemoteSocket(
    worker as unknown as Worker,
    { url: 'wss://gateway.example', start: START, uplink: null, downlink: null },
    { onmessage() {}, onclose: (closed) => closes.push(closed) },
  );
});

afterEach(() => {
  vi.useRealTimers();
});

describe('statistics', () => {
  it('are what the worker answers, however many ask', async () => {
    const asked = [socket.getStats(), socket.getStats()];
    expect(worker.asked).toEqual(['stats', 'stats']);
    worker.say({ type: 'stats', stats: STATS });
    expect(await Promise.all(asked)).toEqual([STATS, STATS]);
  });

  it('are the last known ones where no answer comes within 500 ms', async () => {
    let stats: GatewayStats | undefined;
    void socket.getStats().then((answer) => (stats = answer));
    await vi.advanceTimersByTimeAsync(499);
    expect(stats).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(stats).toMatchObject({ sentFrames: 0, rttMs: null, up: null });

    worker.say({ type: 'stats', stats: STATS });
    const late = socket.getStats();
    await vi.advanceTimersByTimeAsync(500);
    expect(await late).toEqual(STATS);
  });

  it('are the last known ones after the end, without asking', async () => {
    worker.say({ type: 'stats', stats: STATS });
    worker.say({ type: 'closed', closed: CLOSED });
    expect(await socket.getStats()).toEqual(STATS);
    expect(worker.asked).toEqual([]);
  });

  it.each<[string, () => void]>([
    ['the gateway closes', () => worker.say({ type: 'closed', closed: CLOSED })],
    ['the page does', () => socket.close()],
    ['the worker breaks', () => worker.onerror!({ preventDefault() {} })],
  ])('come at once where %s while they are awaited', async (_, finish) => {
    const asked = socket.getStats();
    finish();
    expect(await asked).toMatchObject({ sentFrames: 0 });
  });
});

describe('connect', () => {
  it('hands the new ports over', () => {
    const { port1: uplink, port2: downlink } = new MessageChannel();
    socket.connect({ uplink, downlink });
    expect(worker.posted.at(-1)).toEqual({ type: 'connect', uplink, downlink });
    expect(worker.transferred).toEqual([uplink, downlink]);
  });

  it('lets them go where the socket is over', () => {
    worker.say({ type: 'closed', closed: CLOSED });
    const [uplink, downlink] = [new MessageChannel().port1, new MessageChannel().port1];
    const closes = [uplink, downlink].map((port) => vi.spyOn(port, 'close'));
    socket.connect({ uplink, downlink });
    for (const close of closes) expect(close).toHaveBeenCalledOnce();
    expect(worker.asked).toEqual([]);
  });
});

describe('interrupt', () => {
  it('is passed on, and not after the end', () => {
    socket.interrupt();
    socket.close();
    socket.interrupt();
    expect(worker.asked).toEqual(['interrupt', 'close']);
  });
});

it('tells of a worker that broke as of a lost line', () => {
  worker.onerror!({ preventDefault() {} });
  expect(closes).toEqual([{ code: 1006, reason: 'worker failed', opened: false, ready: false }]);
  expect(worker.terminated).toBe(true);
});
