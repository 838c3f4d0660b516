import { afterEach, describe, expect, it, vi } from 'vitest';
import { rememberedStartMs, rememberStartMs } from '../../../src/call/memory.ts';

afterEach(() => vi.unstubAllGlobals());

function storage(entries: Record<string, string> = {}): void {
  const map = new Map(Object.entries(entries));
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => map.set(key, value),
  });
}

function refusing(): never {
  throw new DOMException('denied', 'SecurityError');
}

describe('what the browser keeps', () => {
  it('comes back on the next call', () => {
    storage();
    expect(rememberedStartMs()).toBeUndefined();
    rememberStartMs(117.4);
    expect(rememberedStartMs()).toBe(117);
  });

  it.each(['', 'abc', '0', 'NaN'])('is nothing where somebody has written %j', (text) => {
    storage({ 'indigenius:start-ms': text });
    expect(rememberedStartMs()).toBeUndefined();
  });

  it('is nothing, and no failure, where the page may keep nothing', () => {
    vi.stubGlobal('localStorage', { getItem: refusing, setItem: refusing });
    rememberStartMs(100);
    expect(rememberedStartMs()).toBeUndefined();
  });
});
