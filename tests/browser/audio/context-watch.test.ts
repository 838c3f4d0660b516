import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type WatchOptions, watchContext } from '../../../src/audio/context-watch.ts';
import { contextForTest } from './sounds.ts';
import { StandInContext } from './stand-in-context.ts';

let nowMs = 0;

beforeEach(() => {
  nowMs = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(document, 'hidden');
});

function watched(options: Partial<WatchOptions> = {}, context = new StandInContext()) {
  const onstale = vi.fn<WatchOptions['onstale']>();
  const watch = watchContext(context.asContext(), { onstale, ...options });
  onTestFinished(() => watch.close());
  return { context, onstale, watch };
}

/** Time goes by, on the context's clock at its own pace. */
async function pass(ms: number, context: StandInContext, pace = 1): Promise<void> {
  for (let at = 0; at < ms; at += 50) {
    nowMs += 50;
    context.goOn((50 * pace) / 1000);
    vi.advanceTimersByTime(50);
  }
  await vi.advanceTimersByTimeAsync(0);
}

function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('a clock', () => {
  it('that goes is looked at once a second', async () => {
    const { context, onstale } = watched();
    await pass(2000, context);
    const before = context.looks;
    await pass(60_000, context);
    // Each look reads it twice.
    expect(context.looks - before).toBeLessThanOrEqual(122);
    expect(context.looks - before).toBeGreaterThan(110);
    expect(onstale).not.toHaveBeenCalled();
    expect(context.resume).not.toHaveBeenCalled();
  });

  it('that stands in a context that says it runs makes it stale, when a resume was no help', async () => {
    const { context, onstale } = watched();
    await pass(5000, context);
    await pass(400, context, 0);
    expect(onstale).not.toHaveBeenCalled();
    await pass(1600, context, 0);
    expect(context.resume).toHaveBeenCalledTimes(1);
    expect(onstale.mock.calls).toEqual([['frozen']]);
    await pass(10_000, context, 0);
    expect(onstale).toHaveBeenCalledTimes(1);
  });

  it('that stands for a moment is left alone', async () => {
    const { context, onstale } = watched();
    for (let i = 0; i < 20; i++) {
      await pass(800, context, 0);
      await pass(1300, context);
    }
    expect(onstale).not.toHaveBeenCalled();
  });

  it('is compared with the time that went by: a page that slept, or was throttled, looked late', async () => {
    const { context, onstale } = watched();
    for (let i = 0; i < 10; i++) {
      nowMs += 60_000;
      await pass(500, context);
    }
    for (let i = 0; i < 10; i++) {
      nowMs += 60_000;
      context.goOn(60);
      await pass(500, context);
    }
    expect(onstale).not.toHaveBeenCalled();
  });

  it('that crawls stands, in a page that can be seen', async () => {
    const { context, onstale } = watched();
    await pass(3000, context, 0.01);
    expect(onstale.mock.calls).toEqual([['frozen']]);
  });

  it('that crawls in a hidden page is let be; one that stands is not', async () => {
    setHidden(true);
    const { context, onstale } = watched();
    await pass(10_000, context, 0.01);
    expect(onstale).not.toHaveBeenCalled();
    await pass(3000, context, 0);
    expect(onstale.mock.calls).toEqual([['frozen']]);
  });
});

describe('a context that was stopped', () => {
  it.each(['interrupted', 'suspended'] as const)('(%s) is not looked at until it goes on', async (state) => {
    const { context, onstale } = watched();
    context.become(state);
    await pass(1000, context, 0);
    expect(vi.getTimerCount()).toBe(0);
    context.become('running');
    await pass(10_000, context);
    expect(vi.getTimerCount()).toBe(1);
    expect(onstale).not.toHaveBeenCalled();
  });

  it.each(['interrupted', 'suspended'] as const)(
    '(%s) and came back with a clock that stands is stale',
    async (state) => {
      const { context, onstale } = watched();
      context.become(state);
      await pass(5000, context, 0);
      context.become('running');
      await pass(400, context, 0);
      expect(onstale).not.toHaveBeenCalled();
      await pass(700, context, 0);
      expect(onstale.mock.calls).toEqual([['frozen']]);
    },
  );

  it('is resumed at once where somebody sees the page', () => {
    const { context } = watched();
    context.become('suspended');
    expect(context.resume).toHaveBeenCalledTimes(1);
  });

  it('is resumed when the page is seen again, and not before', () => {
    const { context } = watched();
    setHidden(true);
    context.become('suspended');
    expect(context.resume).not.toHaveBeenCalled();
    setHidden(false);
    expect(context.resume).toHaveBeenCalledTimes(1);
  });

  it('is not resumed while iOS says interrupted, but when its page is seen again', () => {
    const { context } = watched();
    context.become('interrupted');
    setHidden(true);
    expect(context.resume).not.toHaveBeenCalled();
    setHidden(false);
    expect(context.resume).toHaveBeenCalledTimes(1);
  });

  it.each(['pointerdown', 'touchend', 'keydown', 'click'])('is resumed by a %s anywhere', async (type) => {
    const button = document.createElement('button');
    button.addEventListener(type, (event) => event.stopPropagation());
    document.body.append(button);
    onTestFinished(() => button.remove());
    const { context, onstale } = watched();
    context.become('interrupted');
    await pass(5000, context, 0);
    button.dispatchEvent(new Event(type, { bubbles: true }));
    expect(context.resume).toHaveBeenCalledTimes(1);
    context.become('running');
    await pass(5000, context);
    expect(onstale).not.toHaveBeenCalled();
    button.dispatchEvent(new Event(type, { bubbles: true }));
    expect(context.resume).toHaveBeenCalledTimes(1);
  });

  it('and stays so in spite of a gesture is stale', async () => {
    const { context, onstale } = watched();
    context.become('interrupted');
    for (let i = 0; i < 3; i++) {
      document.body.dispatchEvent(new Event('click', { bubbles: true }));
      await pass(300, context, 0);
    }
    expect(onstale).not.toHaveBeenCalled();
    await pass(300, context, 0);
    expect(onstale.mock.calls).toEqual([['frozen']]);
  });

  it('again, after a gesture brought it back, waits for the next one', async () => {
    const { context, onstale } = watched();
    context.become('interrupted');
    document.body.dispatchEvent(new Event('click', { bubbles: true }));
    context.become('running');
    await pass(3000, context);
    context.become('interrupted');
    await pass(5000, context, 0);
    expect(onstale).not.toHaveBeenCalled();
  });

  it('may refuse to be resumed', async () => {
    const { context, onstale } = watched();
    // No spy: a spy's rejections count as handled.
    Object.assign(context, { resume: () => Promise.reject(new DOMException('no', 'InvalidStateError')) });
    context.become('suspended');
    await pass(5000, context, 0);
    expect(onstale).not.toHaveBeenCalled();
  });

  it('for good is stale, told or found out', async () => {
    const told = watched();
    await pass(5000, told.context);
    told.context.become('closed');
    await pass(300, told.context, 0);
    expect(told.onstale.mock.calls).toEqual([['closed']]);
    const found = watched();
    await pass(5000, found.context);
    found.context.state = 'closed';
    await pass(1000, found.context, 0);
    expect(found.onstale.mock.calls).toEqual([['closed']]);
  });
});

describe('a device', () => {
  /** Browsers tell one headset as several devices. */
  async function plugIn(context: StandInContext): Promise<void> {
    for (let i = 0; i < 4; i++) {
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      await pass(200, context);
    }
    await pass(1000, context);
  }

  function probeAt(sampleRate: number): StandInContext[] {
    const probes: StandInContext[] = [];
    vi.stubGlobal('AudioContext', function () {
      const probe = new StandInContext();
      probe.sampleRate = sampleRate;
      probes.push(probe);
      return probe;
    });
    return probes;
  }

  it('of another rate makes the context stale; one probe tells, and is closed', async () => {
    const probes = probeAt(16_000);
    const { context, onstale } = watched();
    await plugIn(context);
    expect(onstale.mock.calls).toEqual([['rate']]);
    expect(probes.map(({ state }) => state)).toEqual(['closed']);
  });

  it('of the same rate changes nothing', async () => {
    const probes = probeAt(48_000);
    const { context, onstale } = watched();
    await plugIn(context);
    expect(probes).toHaveLength(1);
    expect(onstale).not.toHaveBeenCalled();
  });

  it('that gives no second context changes nothing', async () => {
    vi.stubGlobal('AudioContext', function () {
      throw new DOMException('too many', 'NotSupportedError');
    });
    const { context, onstale } = watched();
    await plugIn(context);
    expect(onstale).not.toHaveBeenCalled();
  });

  it('of this browser has the rate that a context has', async () => {
    const real = new AudioContext();
    onTestFinished(() => real.close());
    const close = vi.spyOn(AudioContext.prototype, 'close');
    const context = new StandInContext();
    context.sampleRate = real.sampleRate;
    const same = watched({}, context);
    await plugIn(context);
    expect(same.onstale).not.toHaveBeenCalled();
    expect(close).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['devicechange', () => navigator.mediaDevices as EventTarget],
    ['sinkchange', (context: StandInContext) => context as EventTarget],
  ])('that was chosen, and is gone by a %s, makes the context stale', async (type, target) => {
    const probes = probeAt(16_000);
    const outputs = [{ kind: 'audiooutput', deviceId: 'headset', label: 'Headset' }];
    const list = vi.spyOn(navigator.mediaDevices, 'enumerateDevices');
    list.mockImplementation(() => Promise.resolve(outputs as MediaDeviceInfo[]));
    const { context, onstale } = watched({ deviceId: () => 'headset' });
    target(context).dispatchEvent(new Event(type));
    await pass(1000, context);
    expect(onstale).not.toHaveBeenCalled();
    outputs.pop();
    target(context).dispatchEvent(new Event(type));
    await pass(1000, context);
    expect(onstale.mock.calls).toEqual([['sink']]);
    expect(probes).toEqual([]);
  });

  it('list that nobody gives out changes nothing', async () => {
    vi.spyOn(navigator.mediaDevices, 'enumerateDevices').mockRejectedValue(new DOMException('no', 'InvalidStateError'));
    const { context, onstale } = watched({ deviceId: () => 'headset' });
    await plugIn(context);
    expect(onstale).not.toHaveBeenCalled();
  });

  it('that fails makes the context stale', () => {
    const usual = watched();
    usual.context.dispatchEvent(new Event('error'));
    expect(usual.onstale.mock.calls).toEqual([['closed']]);
    const chosen = watched({ deviceId: () => 'headset' });
    chosen.context.dispatchEvent(new Event('error'));
    expect(chosen.onstale.mock.calls).toEqual([['sink']]);
  });
});

describe('a real context', () => {
  beforeEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  function watchedReal() {
    const context = contextForTest();
    const onstale = vi.fn<WatchOptions['onstale']>();
    const watch = watchContext(context, { onstale });
    onTestFinished(() => watch.close());
    return { context, onstale };
  }

  it('that runs is not stale, one that is stopped goes on, one that is closed is stale', async () => {
    const { context, onstale } = watchedReal();
    await vi.waitFor(() => expect(context.currentTime).toBeGreaterThan(2));
    await context.suspend();
    await vi.waitFor(() => expect(context.state).toBe('running'));
    const resumedAt = context.currentTime;
    await vi.waitFor(() => expect(context.currentTime).toBeGreaterThan(resumedAt + 2));
    expect(onstale).not.toHaveBeenCalled();
    await context.close();
    await vi.waitFor(() => expect(onstale.mock.calls).toEqual([['closed']]));
  }, 20_000);
});

describe('watchContext', () => {
  it('tells of a processor that threw', () => {
    const { onstale, watch } = watched();
    const node = new EventTarget();
    watch.watchNode(node as AudioNode);
    node.dispatchEvent(new Event('processorerror'));
    expect(onstale.mock.calls).toEqual([['processor']]);
  });

  it('tells one thing only', async () => {
    const { context, onstale } = watched();
    context.dispatchEvent(new Event('error'));
    context.become('closed');
    await pass(5000, context, 0);
    expect(onstale).toHaveBeenCalledTimes(1);
  });

  it('tells nothing of a speaker that it looked for when it was closed', async () => {
    let answer: (outputs: MediaDeviceInfo[]) => void = () => {};
    const listed = new Promise<MediaDeviceInfo[]>((resolve) => (answer = resolve));
    const list = vi.spyOn(navigator.mediaDevices, 'enumerateDevices').mockReturnValue(listed);
    const { context, onstale, watch } = watched({ deviceId: () => 'headset' });
    context.dispatchEvent(new Event('sinkchange'));
    await pass(1000, context);
    expect(list).toHaveBeenCalledTimes(1);
    watch.close();
    answer([]);
    await pass(50, context);
    expect(onstale).not.toHaveBeenCalled();
  });

  it('tells nothing, and does nothing, once it is closed; it may be closed twice', async () => {
    const { context, onstale, watch } = watched();
    const node = new EventTarget();
    watch.watchNode(node as AudioNode);
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    watch.close();
    watch.close();
    expect(vi.getTimerCount()).toBe(0);
    context.become('suspended');
    document.body.dispatchEvent(new Event('click', { bubbles: true }));
    setHidden(false);
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    context.dispatchEvent(new Event('sinkchange'));
    context.dispatchEvent(new Event('error'));
    context.become('closed');
    node.dispatchEvent(new Event('processorerror'));
    expect(vi.getTimerCount()).toBe(0);
    expect(context.resume).not.toHaveBeenCalled();
    expect(onstale).not.toHaveBeenCalled();
  });
});
