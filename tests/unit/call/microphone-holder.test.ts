import { afterEach, describe, expect, it, vi } from 'vitest';

/** A copy of the script of its own, as a page has that loads it twice. */
async function copy() {
  vi.resetModules();
  return (await import('../../../src/call/microphone-holder.ts')).holdMicrophone;
}

function call() {
  let finish!: () => void;
  const ended = new Promise<void>((resolve) => (finish = resolve));
  return { end: vi.fn(() => ended), finish };
}

const settled = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setTimeout(() => resolve(false)))]);

afterEach(() => {
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (key.description?.startsWith('indigenius:')) Reflect.deleteProperty(globalThis, key);
  }
});

describe('the microphone of a page', () => {
  it('is free for the first', async () => {
    const hold = await copy();
    const first = call();
    await hold(first.end).free;
    expect(first.end).not.toHaveBeenCalled();
  });

  it('is free for another copy once the call that had it has ended', async () => {
    const [first, second] = [call(), call()];
    (await copy())(first.end);
    const { free } = (await copy())(second.end);
    expect(first.end).toHaveBeenCalledOnce();
    expect(await settled(free)).toBe(false);
    first.finish();
    expect(await settled(free)).toBe(true);
  });

  it('is not taken from a call that has let go of it', async () => {
    const hold = await copy();
    const first = call();
    hold(first.end).release();
    expect(await settled(hold(call().end).free)).toBe(true);
    expect(first.end).not.toHaveBeenCalled();
  });

  it('stays with whoever took it over when the one before lets go', async () => {
    const hold = await copy();
    const [first, second] = [call(), call()];
    const { release } = hold(first.end);
    hold(second.end);
    release();
    hold(call().end);
    expect(second.end).toHaveBeenCalledOnce();
  });

  it('is not free for a third while the first still ends', async () => {
    const hold = await copy();
    const [first, second] = [call(), call()];
    hold(first.end);
    hold(second.end);
    const { free } = hold(call().end);
    second.finish();
    expect(await settled(free)).toBe(false);
    first.finish();
    expect(await settled(free)).toBe(true);
  });

  it('is free where ending the call that had it fails', async () => {
    const hold = await copy();
    hold(() => {
      throw new Error('broken');
    });
    expect(await settled(hold(call().end).free)).toBe(true);
  });
});
