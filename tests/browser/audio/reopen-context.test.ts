import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { reopenContext } from '../../../src/audio/reopen-context.ts';
import { closeContext, openContext } from '../../../src/audio/sound-context.ts';
import { contextForTest, signalForTest } from './sounds.ts';
import { StandInContext } from './stand-in-context.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'audioSession');
});

/** What the page gets for an AudioContext from now on: one that waits for a gesture. */
function nextContext(): StandInContext {
  const context = new StandInContext();
  context.state = 'suspended';
  vi.stubGlobal('AudioContext', function () {
    return context;
  });
  return context;
}

describe('reopenContext', () => {
  it('gives a context that runs, for one that is closed', async () => {
    // What counts is that it runs by itself, not how long a busy machine takes for that.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const old = contextForTest();
    const onwait = vi.fn();
    const context = await reopenContext(old, { signal: signalForTest(), onwait });
    onTestFinished(() => closeContext(context));
    expect(context).not.toBe(old);
    expect(context.state).toBe('running');
    await vi.waitFor(() => expect(old.state).toBe('closed'));
    expect(onwait).not.toHaveBeenCalled();
  });

  it('may be given one that the browser closed', async () => {
    const old = contextForTest();
    await old.close();
    const context = await reopenContext(old, { signal: signalForTest() });
    expect(context.state).toBe('running');
    await closeContext(context);
  });

  it('has the phone go on playing and recording', async () => {
    const audioSession = { type: 'auto' };
    Object.defineProperty(navigator, 'audioSession', { value: audioSession, configurable: true });
    const old = openContext();
    const context = await reopenContext(old, { signal: signalForTest() });
    await vi.waitFor(() => expect(old.state).toBe('closed'));
    await old.close().catch(() => {});
    expect(audioSession.type).toBe('play-and-record');
    await closeContext(context);
    expect(audioSession.type).toBe('auto');
  });

  it('does not wait for a frozen one to close', async () => {
    const old = new StandInContext();
    old.close.mockReturnValue(new Promise<void>(() => {}));
    const context = await reopenContext(old.asContext(), { signal: signalForTest() });
    expect(context.state).toBe('running');
    expect(old.close).toHaveBeenCalledTimes(1);
    await closeContext(context);
  });

  it('waits for a gesture where the browser wants one, and says so', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const next = nextContext();
    const onwait = vi.fn();
    const reopening = reopenContext(new StandInContext().asContext(), { signal: signalForTest(), onwait });
    await vi.advanceTimersByTimeAsync(900);
    expect(onwait).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(onwait).toHaveBeenCalledTimes(1);
    next.resume.mockImplementation(() => {
      next.state = 'running';
      return Promise.resolve();
    });
    document.body.dispatchEvent(new Event('click', { bubbles: true }));
    expect(await reopening).toBe(next);
    expect(next.resume).toHaveBeenCalledTimes(2);
    document.body.dispatchEvent(new Event('click', { bubbles: true }));
    expect(next.resume).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('holds nothing when it is aborted', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const next = nextContext();
    const leaving = new AbortController();
    const reopening = reopenContext(new StandInContext().asContext(), { signal: leaving.signal });
    const why = new Error('left');
    leaving.abort(why);
    await expect(reopening).rejects.toBe(why);
    expect(vi.getTimerCount()).toBe(0);
    expect(next.state).toBe('closed');
    document.body.dispatchEvent(new Event('click', { bubbles: true }));
    expect(next.resume).toHaveBeenCalledTimes(1);
    const opening = vi.fn();
    vi.stubGlobal('AudioContext', opening);
    const aborted = reopenContext(new StandInContext().asContext(), { signal: leaving.signal });
    await expect(aborted).rejects.toBe(why);
    expect(opening).not.toHaveBeenCalled();
  });

  it('is aborted all the same where the browser was first to close', async () => {
    const next = nextContext();
    // No spy: a spy's rejections count as handled.
    Object.assign(next, { close: () => Promise.reject(new DOMException('closed', 'InvalidStateError')) });
    const leaving = new AbortController();
    const reopening = reopenContext(new StandInContext().asContext(), { signal: leaving.signal });
    leaving.abort('left');
    await expect(reopening).rejects.toBe('left');
  });
});
