import { afterEach, describe, expect, it, vi } from 'vitest';
import { closeContext, openContext } from '../../../src/audio/sound-context.ts';
import { Speaker } from '../../../src/audio/speaker.ts';
import { say, signalForTest } from './sounds.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'audioSession');
});

describe('openContext', () => {
  it('asks to run within the very gesture', async () => {
    const resume = vi.spyOn(AudioContext.prototype, 'resume');
    const context = openContext();
    expect(resume.mock.contexts).toEqual([context]);
    await closeContext(context);
  });

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
  it('may be called twice', async () => {
    const context = openContext();
    await Promise.all([closeContext(context), closeContext(context)]);
    await closeContext(context);
    expect(context.state).toBe('closed');
  });

  it.each([
    [5, 0],
    [6, 'interactive'],
  ])(
    'remembers a machine that could not keep up: after %i underruns the next one asks for %s',
    async (events, hint) => {
      vi.resetModules();
      const fresh = await import('../../../src/audio/sound-context.ts');
      const RealContext = AudioContext;
      const hints: unknown[] = [];
      vi.stubGlobal('AudioContext', function (options?: AudioContextOptions) {
        hints.push(options?.latencyHint);
        return new RealContext(options);
      });
      const context = fresh.openContext();
      Object.defineProperty(context, 'playbackStats', { value: { underrunEvents: events } });
      await fresh.closeContext(context);
      await fresh.closeContext(fresh.openContext());
      expect(hints).toEqual([0, hint]);
    },
  );

  // Twenty calls that each wait for sound: on a busy machine each takes more than a second.
  it('may be called as soon as a speaker was closed, call after call', { timeout: 120_000 }, async () => {
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
