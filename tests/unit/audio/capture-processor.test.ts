import { MessageChannel, type MessagePort as NodePort, type Transferable } from 'node:worker_threads';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CaptureProcessor } from '../../../src/audio/capture-processor.ts';
import type { FromCapture, ToCapture } from '../../../src/audio/ports.ts';
import type { UplinkFrame, UplinkSpent } from '../../../src/protocol/media.ts';

const RATE = 16_000;
const FRAME_MS = 20;

/** A channel whose far end is let go after the test. */
function channel(): { near: NodePort; far: NodePort } {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port2.close());
  return { near: port1, far: port2 };
}

/** Node's ports have all that a browser's have; their types do not. */
const asBrowsers = (port: unknown): MessagePort => port as MessagePort;

/** The socket's end of an uplink: each frame's first sample, and its buffer. */
class Socket {
  readonly near: NodePort;
  readonly said: number[] = [];
  readonly buffers: ArrayBuffer[] = [];
  closed = false;
  readonly #far: NodePort;

  constructor() {
    const { near, far } = channel();
    this.near = near;
    this.#far = far;
    far.on('message', ({ pcm }: UplinkFrame) => {
      this.said.push(new Int16Array(pcm)[0]!);
      this.buffers.push(pcm);
    });
    far.on('close', () => (this.closed = true));
  }

  giveBack(pcm: ArrayBuffer): void {
    this.#far.postMessage({ type: 'spent', pcm } satisfies UplinkSpent, [pcm]);
  }
}

function processor({ frameMs = FRAME_MS as 10 | 20, sampleRate = RATE, muted = false } = {}) {
  const { near, far } = channel();
  const told: FromCapture[] = [];
  far.on('message', (message: FromCapture) => told.push(message));
  const capture = new CaptureProcessor(sampleRate, asBrowsers(near), { frameMs, muted });
  const tell = (message: ToCapture, transfer: Transferable[] = []): void => far.postMessage(message, transfer);
  const stats = async () => {
    const before = told.filter(({ type }) => type === 'stats').length;
    tell({ type: 'stats' });
    const answers = await soon(() => {
      const answers = told.filter((message) => message.type === 'stats');
      expect(answers.length).toBeGreaterThan(before);
      return answers;
    });
    return answers.at(-1)!;
  };
  return {
    capture,
    told,
    tell,
    stats,
    connect: (socket: Socket): void => tell({ type: 'port', port: asBrowsers(socket.near) }, [socket.near]),
    /** One frame for each number, full of it. */
    say: (...numbers: number[]): void => {
      for (const number of numbers)
        capture.write(new Float32Array((sampleRate * frameMs) / 1000).fill(number / 0x8000));
    },
  };
}

/** Messages come a turn of the event loop later, which may be long on a busy machine. */
const soon = <T>(fact: () => T): Promise<Awaited<T>> =>
  vi.waitFor(fact, { timeout: 30_000, interval: 1 }) as Promise<Awaited<T>>;

const upTo = (end: number, from = 1): number[] => Array.from({ length: end - from + 1 }, (_, i) => from + i);

describe('CaptureProcessor', () => {
  it('keeps nothing of what is said before a muted one is told otherwise', async () => {
    const socket = new Socket();
    const { say, connect, tell, stats } = processor({ muted: true });
    say(1, 2);
    expect((await stats()).frames).toBe(0);
    tell({ type: 'mute', muted: false });
    await stats();
    say(3);
    connect(socket);
    await soon(() => expect(socket.said).toEqual([3]));
  });

  it('keeps what is said before it has a port, and sends it first', async () => {
    const socket = new Socket();
    const { say, connect } = processor();
    say(1, 2, 3);
    connect(socket);
    await soon(() => expect(socket.said).toEqual([1, 2, 3]));
    say(4);
    await soon(() => expect(socket.said).toEqual([1, 2, 3, 4]));
  });

  it.each([10, 20] as const)('keeps the last 10 s, in frames of %i ms', async (frameMs) => {
    const socket = new Socket();
    const { say, connect } = processor({ frameMs });
    const kept = 10_000 / frameMs;
    say(...upTo(kept + 7));
    connect(socket);
    await soon(() => expect(socket.said).toEqual(upTo(kept + 7, 8)));
    expect(new Set(socket.buffers.map(({ byteLength }) => byteLength))).toEqual(new Set([32 * frameMs]));
  });

  it('goes on through another port, and closes the one before', async () => {
    const [first, second] = [new Socket(), new Socket()];
    const { say, connect, stats } = processor();
    connect(first);
    await stats();
    say(1, 2);
    connect(second);
    await soon(() => expect(first).toMatchObject({ said: [1, 2], closed: true }));
    say(3);
    await soon(() => expect(second.said).toEqual([3]));
    expect(first.said).toEqual([1, 2]);
  });

  it('keeps what is said after its port was taken back for the next', async () => {
    const [first, second] = [new Socket(), new Socket()];
    const { say, connect, tell } = processor();
    connect(first);
    say(1);
    await soon(() => expect(first.said).toEqual([1]));
    tell({ type: 'port', port: null });
    await soon(() => expect(first.closed).toBe(true));
    say(2, 3);
    connect(second);
    await soon(() => expect(second.said).toEqual([2, 3]));
  });

  it('fills the buffers that come back, and makes no other ones', async () => {
    const socket = new Socket();
    const { say, connect, stats } = processor();
    connect(socket);
    const atFirst = (await stats()).pooledBuffers;
    expect(atFirst).toBeGreaterThan(0);
    for (let n = 1; n <= 50; n++) {
      say(n);
      await soon(() => expect(socket.said).toHaveLength(n));
      expect((await stats()).pooledBuffers).toBe(atFirst - 1);
      socket.giveBack(socket.buffers.pop()!);
      await soon(async () => expect((await stats()).pooledBuffers).toBe(atFirst));
    }
    expect(socket.said).toEqual(upTo(50));
  });

  it('makes buffers only where the socket keeps them, and keeps those afterwards', async () => {
    const socket = new Socket();
    const { say, connect, stats } = processor();
    connect(socket);
    const atFirst = (await stats()).pooledBuffers;
    say(...upTo(500));
    await soon(() => expect(socket.buffers).toHaveLength(500));
    expect((await stats()).pooledBuffers).toBe(0);
    for (const pcm of socket.buffers) socket.giveBack(pcm);
    // One of them is being filled.
    await soon(async () => expect((await stats()).pooledBuffers).toBe(500));
    expect(atFirst).toBeLessThan(10);
  });

  it('refuses a buffer of another length, and more than 600', async () => {
    const socket = new Socket();
    const { connect, stats } = processor();
    connect(socket);
    const atFirst = (await stats()).pooledBuffers;
    for (const bytes of [0, 320, 638, 642, 1280]) socket.giveBack(new ArrayBuffer(bytes));
    socket.giveBack(new ArrayBuffer(640));
    await soon(async () => expect((await stats()).pooledBuffers).toBe(atFirst + 1));
    for (let i = 0; i < 700; i++) socket.giveBack(new ArrayBuffer(640));
    await soon(async () => expect((await stats()).pooledBuffers).toBe(600));
    socket.giveBack(new ArrayBuffer(640));
    expect((await stats()).pooledBuffers).toBe(600);
  });

  it('tells how many frames it made', async () => {
    const { say, stats } = processor({ sampleRate: 48_000 });
    say(...upTo(5));
    expect(await stats()).toMatchObject({ type: 'stats', frames: 5 });
  });

  it('tells once when it has had no input for 2 s, unless it is muted', async () => {
    const { capture, told, tell, stats } = processor({ sampleRate: 16_000 });
    const starve = (ms: number): void => {
      for (let i = 0; i < (ms * 16) / 128; i++) capture.write(undefined);
    };
    const stalls = async () => {
      await stats();
      return told.filter(({ type }) => type === 'stalled').length;
    };
    starve(1900);
    capture.write(new Float32Array(128));
    starve(1900);
    expect(await stalls()).toBe(0);
    starve(3000);
    expect(await stalls()).toBe(1);
    capture.write(new Float32Array(128));
    tell({ type: 'mute', muted: true });
    await stats();
    starve(5000);
    expect(await stalls()).toBe(1);
  });

  it('lets go of its port, and makes no frame any more, when it is closed', async () => {
    const socket = new Socket();
    const { capture, connect, tell, say, stats } = processor();
    connect(socket);
    tell({ type: 'close' });
    await soon(() => expect(socket.closed).toBe(true));
    expect(capture.closed).toBe(true);
    say(1);
    expect((await stats()).frames).toBe(0);
    expect(socket.said).toEqual([]);
  });
});
