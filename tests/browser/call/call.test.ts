import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeContext } from '../../../src/audio/sound-context.ts';
import { Call, type CallSettings } from '../../../src/call/call.ts';
import type { EngineOptions } from '../../../src/call/engine.ts';
import { CallError } from '../../../src/call/errors.ts';
import type { CallProgress } from '../../../src/call/progress.ts';
import { DEFAULT_CONFIG } from '../../../src/config/widget-config.ts';

/** Engines that were made, and what their call may be told by them. */
const engines: EngineOptions[] = [];

/** What was asked of the warm line and of engines, in order. */
const asked: string[] = [];

vi.mock('../../../src/call/engine.ts', () => ({
  warmLine: { keep: (assetBase: string | null) => asked.push(`keep ${assetBase}`), drop: () => asked.push('drop') },
  Engine: class {
    readonly #options: EngineOptions;
    constructor(options: EngineOptions) {
      this.#options = options;
      engines.push(options);
    }
    interrupt(): void {
      asked.push('interrupt');
    }
    getStats = async () => ({ quality: 4.4 });
    async end(reason: 'visitor' | 'page'): Promise<void> {
      await this.#options.context.close();
      this.#options.onfact({ type: 'ended', reason, atMs: 0 });
    }
  },
}));

const settings = (terms: string | null) => async (): Promise<CallSettings> => ({
  proxyUrl: '/indigenius',
  widgetId: 'w1',
  config: { ...DEFAULT_CONFIG, terms },
  assetBase: null,
  language: null,
});

const contexts: AudioContext[] = [];
function context(): AudioContext {
  const made = new AudioContext();
  contexts.push(made);
  return made;
}

function goLive({ onfact }: EngineOptions): void {
  onfact({ type: 'created', callId: 'c1' });
  onfact({ type: 'ready', assistantId: 'a1', assistantName: 'Sam', mode: 'voice', atMs: 0 });
}

let call: Call;
beforeEach(() => {
  engines.length = 0;
  asked.length = 0;
});
afterEach(async () => {
  await call.end();
  await Promise.all(contexts.splice(0).map(closeContext));
});

describe('a call', () => {
  it('is one, however often it is started', async () => {
    call = new Call(settings(null));
    const first = call.start(context());
    expect(call.start(null)).toBe(first);
    await vi.waitUntil(() => engines.length > 0);
    goLive(engines[0]!);
    await first;
    expect(engines).toHaveLength(1);
  });

  it('is one, however often its terms are accepted', async () => {
    call = new Call(settings('Calls are recorded.'));
    const started = call.start(null);
    await vi.waitUntil(() => call.state.name === 'consent');
    call.acceptTerms();
    call.acceptTerms();
    await vi.waitUntil(() => engines.length > 0);
    goLive(engines[0]!);
    await started;
    expect(engines).toHaveLength(1);
    expect(engines[0]!.consent?.terms_sha256).toMatch(/^[\da-f]{64}$/);
  });

  it('that waits for a gesture takes the one that a second start brings', async () => {
    call = new Call(settings(null));
    const started = call.start(null);
    await vi.waitUntil(() => call.state.name === 'starting' && call.state.stage === 'gesture');
    const brought = context();
    void call.start(brought);
    await vi.waitUntil(() => engines.length > 0);
    expect(engines[0]!.context).toBe(brought);
    goLive(engines[0]!);
    await started;
  });

  it('closes a context that it has no use for', async () => {
    call = new Call(settings(null));
    const started = call.start(context());
    const spare = context();
    void call.start(spare);
    await vi.waitUntil(() => spare.state === 'closed');
    await vi.waitUntil(() => engines.length > 0);
    goLive(engines[0]!);
    await started;
  });

  it('goes on, and settles, when the page throws at its news', async () => {
    const reported = vi.fn((event: ErrorEvent) => event.preventDefault());
    addEventListener('error', reported);
    call = new Call(settings(null));
    call.onstate = () => {
      throw new Error('the page is broken');
    };
    const started = call.start(context());
    await vi.waitUntil(() => engines.length > 0);
    goLive(engines[0]!);
    await started;
    await call.end();
    expect(call.state.name).toBe('ended');
    expect(reported).toHaveBeenCalled();
    removeEventListener('error', reported);
  });

  it('reports each stage of a start once, in ms since the click it waited for, and none after its end', async () => {
    call = new Call(settings('Calls are recorded.'));
    const reached: CallProgress[] = [];
    call.onprogress = (progress) => reached.push(progress);
    const started = call.start(null);
    await vi.waitUntil(() => call.state.name === 'consent');
    expect(reached).toEqual([]);
    const before = performance.now();
    call.acceptTerms();
    await vi.waitUntil(() => engines.length > 0);
    const [engine] = engines;
    for (const stage of ['worker', 'microphone', 'worker', 'created'] as const) engine!.onprogress(stage);
    goLive(engine!);
    await started;
    for (const stage of ['ready', 'first-audio', 'first-audio'] as const) engine!.onprogress(stage);
    await call.end();
    engine!.onprogress('speaker');
    const stages = reached.map(({ stage }) => stage);
    expect(stages).toEqual(['code', 'worker', 'microphone', 'created', 'ready', 'first-audio']);
    const elapsed = performance.now() - before;
    const times = reached.map(({ ms }) => ms);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times[0]).toBeGreaterThanOrEqual(0);
    expect(times.at(-1)).toBeLessThanOrEqual(Math.ceil(elapsed));
  });

  it('that is ended on the news of its progress has no engine', async () => {
    call = new Call(settings(null));
    call.onprogress = () => void call.end();
    await expect(call.start(context())).rejects.toMatchObject({ name: 'AbortError' });
    await import('../../../src/call/engine.ts');
    expect(engines).toEqual([]);
  });

  it('is measured, and interrupted, while it is live only', async () => {
    call = new Call(settings(null));
    const started = call.start(context());
    await vi.waitUntil(() => engines.length > 0);
    call.interrupt();
    expect(await call.getStats()).toBeNull();
    goLive(engines[0]!);
    await started;
    call.interrupt();
    expect(await call.getStats()).toEqual({ quality: 4.4 });
    expect(asked).toEqual(['interrupt']);
    await call.end();
    call.interrupt();
    expect(await call.getStats()).toBeNull();
    expect(asked).toEqual(['interrupt']);
  });

  it('has a line kept warm while it is likely, and let go when the page does not want it any more', async () => {
    call = new Call(settings(null));
    call.prepare('/voice');
    await vi.waitUntil(() => asked.length > 0);
    await call.end('page');
    expect(asked).toEqual(['keep /voice', 'drop']);
    call.prepare();
    await call.end('page'); // before the engine's code could be looked at
    await import('../../../src/call/engine.ts');
    expect(asked).toEqual(['keep /voice', 'drop', 'drop']);
  });

  it('keeps no line warm beside the one it has', async () => {
    call = new Call(settings(null));
    const started = call.start(context());
    await vi.waitUntil(() => engines.length > 0);
    goLive(engines[0]!);
    await started;
    call.prepare();
    await import('../../../src/call/engine.ts');
    expect(asked).toEqual([]);
  });

  it('that is ended while its terms are shown was not declined', async () => {
    call = new Call(settings('Calls are recorded.'));
    const started = call.start(null);
    await vi.waitUntil(() => call.state.name === 'consent');
    await call.end('page');
    await expect(started).rejects.toMatchObject({ name: 'AbortError' });
    expect(call.state.name).toBe('idle');
  });

  it('asks for the terms once, and again after the gateway did not take the yes', async () => {
    call = new Call(settings('Calls are recorded.'));
    const first = call.start(null);
    await vi.waitUntil(() => call.state.name === 'consent');
    call.acceptTerms();
    await vi.waitUntil(() => engines.length === 1);
    goLive(engines[0]!);
    await first;
    await call.end();

    const second = call.start(context());
    await vi.waitUntil(() => engines.length === 2);
    const changed = new CallError('terms-declined', 'The terms have changed.');
    engines[1]!.onfact({ type: 'ended', reason: 'error', error: changed, atMs: 0 });
    await expect(second).rejects.toBe(changed);

    const third = call.start(null);
    third.catch(() => {});
    await vi.waitUntil(() => call.state.name === 'consent');
  });
});
