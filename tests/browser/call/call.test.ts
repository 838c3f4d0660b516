import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { closeContext } from '../../../src/audio/sound-context.ts';
import { Call, type CallSettings } from '../../../src/call/call.ts';
import type { SoundOptions } from '../../../src/call/call-sound.ts';
import type { EngineOptions } from '../../../src/call/engine.ts';
import { CallError } from '../../../src/call/errors.ts';
import type { CallProgress } from '../../../src/call/progress.ts';
import { DEFAULT_CONFIG, type WidgetConfig } from '../../../src/config/widget-config.ts';

/** Engines that were made, and what their call may be told by them. */
const engines: EngineOptions[] = [];

/** What was asked of the warm line and of engines, in order. */
const asked: string[] = [];

vi.mock('../../../src/call/warm-line.ts', () => ({
  warmLine: { keep: (assetBase: string | null) => asked.push(`keep ${assetBase}`), drop: () => asked.push('drop') },
}));

/** What each sound was opened with. */
const sounds: SoundOptions[] = [];

vi.mock('../../../src/call/call-sound.ts', () => ({
  Sound: function (options: SoundOptions) {
    sounds.push(options);
  },
}));

/** Calls that wait, when they are ended, for a test to say that they are over. */
const lingering: Promise<void>[] = [];

vi.mock('../../../src/call/engine.ts', () => ({
  Engine: class {
    readonly #options: EngineOptions;
    constructor(options: EngineOptions) {
      this.#options = options;
      engines.push(options);
      options.openSound?.({ onaudible() {}, onports() {}, onlost() {} });
    }
    sendText(text: string): boolean {
      asked.push(`text ${text}`);
      return true;
    }
    interrupt(): void {
      asked.push('interrupt');
    }
    getStats = async () => ({ quality: 4.4 });
    async end(reason: 'visitor' | 'page' | 'replaced'): Promise<void> {
      this.#options.onfact({ type: 'ended', reason, atMs: 0 });
      await lingering.shift();
    }
  },
}));

const settings =
  (terms: string | null, config: Partial<WidgetConfig> = {}, more: Partial<CallSettings> = {}) =>
  async (): Promise<CallSettings> => ({
    proxyUrl: '/indigenius',
    widgetId: 'w1',
    config: { ...DEFAULT_CONFIG, terms, ...config },
    assetBase: null,
    language: null,
    ...more,
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
  sounds.length = 0;
  lingering.length = 0;
  asked.length = 0;
});
afterEach(async () => {
  await call.end();
  await Promise.all(contexts.splice(0).map(closeContext));
});

describe('a call', () => {
  it('is one, however often it is started', async () => {
    call = new Call(settings(null));
    const first = call.start({ context: context() });
    expect(call.start({ context: null })).toBe(first);
    await vi.waitUntil(() => engines.length > 0);
    goLive(engines[0]!);
    await first;
    expect(engines).toHaveLength(1);
  });

  it('is one, however often its terms are accepted', async () => {
    call = new Call(settings('Calls are recorded.'));
    const started = call.start({ context: null });
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
    const started = call.start({ context: null });
    await vi.waitUntil(() => call.state.name === 'starting' && call.state.stage === 'gesture');
    const brought = context();
    void call.start({ context: brought });
    await vi.waitUntil(() => engines.length > 0);
    expect(sounds[0]!.context).toBe(brought);
    goLive(engines[0]!);
    await started;
  });

  it('closes a context that it has no use for', async () => {
    call = new Call(settings(null));
    const started = call.start({ context: context() });
    const spare = context();
    void call.start({ context: spare });
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
    const started = call.start({ context: context() });
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
    const started = call.start({ context: null });
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
    await expect(call.start({ context: context() })).rejects.toMatchObject({ name: 'AbortError' });
    await import('../../../src/call/engine.ts');
    expect(engines).toEqual([]);
  });

  it('is measured, and interrupted, while it is live only', async () => {
    call = new Call(settings(null));
    const started = call.start({ context: context() });
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
  });

  it('keeps no line warm beside the one it has', async () => {
    call = new Call(settings(null));
    const started = call.start({ context: context() });
    await vi.waitUntil(() => engines.length > 0);
    goLive(engines[0]!);
    await started;
    call.prepare();
    expect(asked).toEqual([]);
  });

  it('that is ended while its terms are shown was not declined', async () => {
    call = new Call(settings('Calls are recorded.'));
    const started = call.start({ context: null });
    await vi.waitUntil(() => call.state.name === 'consent');
    await call.end('page');
    await expect(started).rejects.toMatchObject({ name: 'AbortError' });
    expect(call.state.name).toBe('idle');
  });

  it('asks for the terms once, and again after the gateway did not take the yes', async () => {
    call = new Call(settings('Calls are recorded.'));
    const first = call.start({ context: null });
    await vi.waitUntil(() => call.state.name === 'consent');
    call.acceptTerms();
    await vi.waitUntil(() => engines.length === 1);
    goLive(engines[0]!);
    await first;
    await call.end();

    const second = call.start({ context: context() });
    await vi.waitUntil(() => engines.length === 2);
    const changed = new CallError('terms-declined', 'The terms have changed.');
    engines[1]!.onfact({ type: 'ended', reason: 'error', error: changed, atMs: 0 });
    await expect(second).rejects.toBe(changed);

    const third = call.start({ context: null });
    third.catch(() => {});
    await vi.waitUntil(() => call.state.name === 'consent');
  });
});

describe('a call in writing', () => {
  it('has no sound and no context, and needs no gesture', async () => {
    call = new Call(settings(null, { kind: 'text' }));
    const started = call.start({ context: null });
    await vi.waitUntil(() => engines.length > 0);
    expect(engines[0]!.openSound).toBeNull();
    goLive(engines[0]!);
    await started;
    expect(sounds).toEqual([]);
  });

  it.each([
    ['the start says so', { mode: 'text' }, {}, {}, true],
    ['the start says not', { mode: 'voice' }, { kind: 'text' }, { mode: 'text' }, false],
    ['the settings say so', {}, {}, { mode: 'text' }, true],
    ['the settings say not', {}, { kind: 'text' }, { mode: 'voice' }, false],
    ['the config says so', {}, { kind: 'text' }, {}, true],
    ['nobody says so', {}, {}, {}, false],
  ] as const)('it is where %s', async (_, start, config, more, inWriting) => {
    call = new Call(settings(null, config, more));
    const given = context();
    call.start({ ...start, context: given }).catch(() => {});
    await vi.waitUntil(() => engines.length > 0);
    expect(engines[0]!.openSound === null).toBe(inWriting);
    // One that was given is dropped, or else the sound's.
    await vi.waitUntil(() => (given.state === 'closed') === inWriting);
    expect(sounds.map((sound) => sound.context)).toEqual(inWriting ? [] : [given]);
  });

  it('opens no context for a yes to its terms, and drops what a second start brings', async () => {
    const made = vi.spyOn(globalThis, 'AudioContext');
    onTestFinished(() => made.mockRestore());
    call = new Call(settings('Calls are recorded.'));
    call.start({ mode: 'text' }).catch(() => {});
    await vi.waitUntil(() => call.state.name === 'consent');
    call.acceptTerms();
    await vi.waitUntil(() => engines.length > 0);
    expect(engines[0]!.consent).not.toBeNull();
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
    const spare = context();
    call.start({ context: spare }).catch(() => {});
    await vi.waitUntil(() => spare.state === 'closed');
  });

  it.each([
    ['aloud', 'voice', null, 'insecure-context'],
    ['with terms', 'text', 'Calls are recorded.', 'insecure-context'],
    ['in writing without terms', 'text', null, null],
  ] as const)('on an insecure page, %s', async (_, mode, terms, reason) => {
    vi.stubGlobal('isSecureContext', false);
    onTestFinished(() => void vi.unstubAllGlobals());
    call = new Call(settings(terms));
    const failed = call.start({ mode, context: null }).catch((error: CallError) => error.reason);
    await vi.waitUntil(() => call.state.name === 'ended' || engines.length > 0);
    expect(call.state).toMatchObject(reason ? { name: 'ended', error: { reason } } : { name: 'starting' });
    await call.end();
    expect(await failed).toBe(reason ?? undefined);
  });
});

describe('what a visitor types', () => {
  it('is sent while the call is live only', async () => {
    call = new Call(settings(null));
    const started = call.start({ context: context() });
    await vi.waitUntil(() => engines.length > 0);
    expect(call.sendText('too soon')).toBe(false);
    goLive(engines[0]!);
    await started;
    expect(call.sendText('now')).toBe(true);
    await call.end();
    expect(call.sendText('too late')).toBe(false);
    expect(asked).toEqual(['text now']);
  });

  it('is sent once the call is live where it came with the start, or with another', async () => {
    call = new Call(settings(null));
    const started = call.start({ mode: 'text', message: 'Hello.' });
    call.start({ message: 'Are you open?' }).catch(() => {});
    await vi.waitUntil(() => engines.length > 0);
    expect(asked).toEqual([]);
    goLive(engines[0]!);
    await started;
    expect(asked).toEqual(['text Hello.', 'text Are you open?']);
    await call.start({ message: 'And today?' });
    expect(asked.at(-1)).toBe('text And today?');
  });
});

describe('a widget that is not for the web', () => {
  it('starts no call, and asks for nothing', async () => {
    call = new Call(settings('Calls are recorded.', { kind: 'elsewhere' }));
    const given = context();
    await expect(call.start({ context: given })).rejects.toMatchObject({ reason: 'other-channel', retryable: false });
    await vi.waitUntil(() => given.state === 'closed');
    expect(engines).toEqual([]);
  });
});

describe('what a call keeps', () => {
  it.each([true, false, undefined])('is left to the settings: %s', async (remember) => {
    call = new Call(settings(null, {}, remember === undefined ? {} : { remember }));
    call.start({ context: context() }).catch(() => {});
    await vi.waitUntil(() => sounds.length > 0);
    expect(sounds[0]!.remember).toBe(remember);
  });
});

describe('the microphone of a page', () => {
  it('is asked for only when the other call that had it has been ended', async () => {
    let over!: () => void;
    lingering.push(new Promise((resolve) => (over = resolve)));
    const before = new Call(settings(null));
    const first = before.start({ context: context() });
    await vi.waitUntil(() => engines.length === 1);
    goLive(engines[0]!);
    await first;

    call = new Call(settings(null));
    call.start({ context: context() }).catch(() => {});
    await vi.waitUntil(() => before.state.name === 'ended');
    expect(before.state).toMatchObject({ reason: 'replaced', error: null });
    await new Promise((resolve) => setTimeout(resolve));
    expect(sounds).toHaveLength(1);
    over();
    await vi.waitUntil(() => sounds.length === 2);
    expect(call.state.name).toBe('starting');
  });

  it('is none of the business of a call in writing', async () => {
    const before = new Call(settings(null));
    const first = before.start({ context: context() });
    await vi.waitUntil(() => engines.length === 1);
    goLive(engines[0]!);
    await first;
    call = new Call(settings(null));
    call.start({ mode: 'text' }).catch(() => {});
    await vi.waitUntil(() => engines.length === 2);
    expect(before.state.name).toBe('live');
    await before.end();

    const aloud = new Call(settings(null));
    aloud.start({ context: context() }).catch(() => {});
    await vi.waitUntil(() => engines.length === 3);
    expect(call.state.name).toBe('starting');
    await aloud.end();
  });

  it('stays with a call that is started again', async () => {
    call = new Call(settings(null));
    call.start({ context: context() }).catch(() => {});
    await vi.waitUntil(() => engines.length === 1);
    await call.end();
    call.start({ context: context() }).catch(() => {});
    await vi.waitUntil(() => engines.length === 2);
    expect(call.state.name).toBe('starting');
  });
});
