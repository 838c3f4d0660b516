import { afterEach, describe, expect, it, vi } from 'vitest';
import { closeContext, openContext } from '../../../src/audio/sound-context.ts';
import { cannot } from '../engine.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'audioSession');
});

describe('openContext', () => {
  it('runs at the rate of the device, as fast as it can', async () => {
    const usual = new AudioContext();
    const context = openContext();
    await vi.waitFor(() => expect(context.state).toBe('running'));
    expect(context.sampleRate).toBe(usual.sampleRate);
    expect(context.baseLatency).toBeLessThanOrEqual(usual.baseLatency);
    await Promise.all([usual.close(), closeContext(context)]);
  });

  it('takes what it gets from a browser that knows no latency in numbers', async () => {
    const RealContext = AudioContext;
    vi.stubGlobal('AudioContext', function (options?: AudioContextOptions) {
      if (options) throw new TypeError('latencyHint');
      return new RealContext();
    });
    const context = openContext();
    await vi.waitFor(() => expect(context.state).toBe('running'));
    await closeContext(context);
  });

  it('has the phone play and record while it is open', async () => {
    const audioSession = { type: 'auto' };
    Object.defineProperty(navigator, 'audioSession', { value: audioSession, configurable: true });
    const context = openContext();
    expect(audioSession.type).toBe('play-and-record');
    await closeContext(context);
    expect(audioSession.type).toBe('auto');
  });
});

describe('closeContext', () => {
  it('may be called twice', async (test) => {
    cannot(test, { firefox: 'defect: a second call while the first closes rejects with InvalidStateError' });
    const context = openContext();
    await Promise.all([closeContext(context), closeContext(context)]);
    await closeContext(context);
    expect(context.state).toBe('closed');
  });
});
