import { afterEach, describe, expect, it, vi } from 'vitest';
import { closeContext, openContext } from '../../../src/audio/sound-context.ts';
import { Speaker } from '../../../src/audio/speaker.ts';
import { cannot } from '../engine.ts';
import { say, signalForTest } from './sounds.ts';

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

  it('may be called as soon as a speaker was closed, call after call', async (test) => {
    cannot(test, {
      firefox: 'defect: the page stands still for ever when `outputLatency` is read while a worklet plays',
      webkit: 'defect: the page crashes when a context is closed right upon a message from a worklet',
    });
    for (let round = 0; round < 20; round += 1) {
      const context = openContext();
      const { port1, port2 } = new MessageChannel();
      const speaker = await Speaker.open({ context, port: port1, signal: signalForTest() });
      await heard(speaker, port2);
      await speaker.close();
      await closeContext(context);
      expect(context.state).toBe('closed');
    }
  });
});

function heard(speaker: Speaker, downlink: MessagePort): Promise<void> {
  return new Promise((resolve) => {
    speaker.onaudible = () => resolve();
    say(downlink, 1000);
  });
}
