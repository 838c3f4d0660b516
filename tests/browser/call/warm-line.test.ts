import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KEEP_MS, WarmLine } from '../../../src/call/warm-line.ts';

/** Every worker that was made in a test, and those of them that run. */
const made: Worker[] = [];
const running = new Set<Worker>();
const RealWorker = Worker;
/** Says that a worker runs: what is refused on the way to one says no word. */
let onhello: () => void;

class WatchedWorker extends RealWorker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    made.push(this);
    running.add(this);
    const told = onhello;
    // After whoever makes it listens: they hear the word first.
    queueMicrotask(() => this.addEventListener('message', told, { once: true }));
  }
  override terminate(): void {
    running.delete(this);
    super.terminate();
  }
}

let line: WarmLine;
let call: AbortController;

beforeEach(() => {
  made.length = 0;
  running.clear();
  onhello = () => {};
  vi.stubGlobal('Worker', WatchedWorker);
  line = new WarmLine();
  call = new AbortController();
});

afterEach(() => {
  line.drop();
  call.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Resolves when the worker runs. */
function warm(assetBase: string | null = null): Promise<void> {
  const hello = new Promise<void>((resolve) => (onhello = resolve));
  line.keep(assetBase);
  return hello;
}

const take = (assetBase: string | null = null) => line.take({ assetBase, signal: call.signal });

describe('a warm line', () => {
  it('is taken by the next start, and made anew for the one after it', async () => {
    await warm();
    await take();
    const workers = made.length;
    expect((await take()).inWorker).toBe(true);
    expect(made.length).toBeGreaterThan(workers);
    expect(running.size).toBe(2);
  });

  it('costs a start that takes it no worker of its own', async () => {
    line.keep(null);
    const first = take();
    await first;
    const workers = made.length;
    expect(running.size).toBe(1);
    line.keep(null);
    line.keep(null);
    await take();
    expect(running.size).toBe(2);
    expect(made.length).toBe(workers * 2);
  });

  it('ends with the call that took it', async () => {
    await warm();
    await take();
    line.drop();
    expect(running.size).toBe(1);
    call.abort();
    expect(running.size).toBe(0);
  });

  it('rejects with the reason of a call that ends while it is being made', async () => {
    line.keep(null);
    const taken = take();
    call.abort(new Error('hung up'));
    await expect(taken).rejects.toThrow('hung up');
    expect(running.size).toBe(0);
  });

  it('is let go a minute after it was last wanted', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await warm();
    vi.advanceTimersByTime(KEEP_MS - 1);
    line.keep(null);
    vi.advanceTimersByTime(KEEP_MS - 1);
    expect(running.size).toBe(1);
    vi.advanceTimersByTime(1);
    expect(running.size).toBe(0);
  });

  it('is let go when the page is left', async () => {
    await warm();
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(running.size).toBe(0);
  });

  it('of another place is not taken', async () => {
    await warm('/voice/');
    const { inWorker } = await take(null);
    expect(inWorker).toBe(true);
    expect(running.size).toBe(2);
  });
});
