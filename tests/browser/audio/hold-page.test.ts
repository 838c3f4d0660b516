import { afterEach, describe, expect, it, vi } from 'vitest';
import { holdPage } from '../../../src/audio/hold-page.ts';

afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(navigator, 'locks');
});

async function held(): Promise<number> {
  const { held = [] } = await navigator.locks.query();
  return held.filter(({ name }) => name === 'indigenius-call').length;
}

describe('holdPage', () => {
  it('holds a lock until it is let go, and waits for no other call', async () => {
    const release = holdPage();
    await vi.waitFor(async () => expect(await held()).toBe(1));
    const releaseOther = holdPage();
    await vi.waitFor(async () => expect(await held()).toBe(2));
    release();
    release();
    await vi.waitFor(async () => expect(await held()).toBe(1));
    releaseOther();
    await vi.waitFor(async () => expect(await held()).toBe(0));
  });

  it('holds nothing when it is let go before the lock is there', async () => {
    const request = vi.spyOn(navigator.locks, 'request');
    holdPage()();
    await request.mock.results[0]!.value;
    expect(await held()).toBe(0);
  });

  it('does without where there are no locks, and where they are refused', async () => {
    let requests = 0;
    // No spy: a spy's rejections count as handled.
    const request = (): Promise<never> => {
      requests++;
      return Promise.reject(new DOMException('no', 'SecurityError'));
    };
    Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
    holdPage()();
    expect(requests).toBe(1);
    Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
    expect(() => holdPage()()).not.toThrow();
  });
});
