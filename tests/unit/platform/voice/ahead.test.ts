import { describe, expect, it } from 'vitest';
import { ahead } from '../../../../src/platform/voice/ahead.ts';

const never = new AbortController().signal;

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Lets everything that waits for nothing but promises run. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('ahead', () => {
  it('reads before it is asked, up to its limit', async () => {
    let made = 0;
    async function* source(): AsyncIterable<number> {
      while (made < 10) yield made++;
    }
    const items = ahead(source(), { limit: 3, signal: never });
    await breathe();
    expect(made).toBe(3);
    expect(await collect(items)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('ends at once on abort, though its source hangs', async () => {
    const abort = new AbortController();
    async function* source(): AsyncIterable<number> {
      yield 1;
      await new Promise(() => {});
    }
    const items = collect(ahead(source(), { signal: abort.signal }));
    await breathe();
    abort.abort();
    expect(await items).toEqual([1]);
  });

  it('gives what was made before its source failed, then fails', async () => {
    async function* source(): AsyncIterable<number> {
      yield 1;
      throw new Error('broken');
    }
    const seen: number[] = [];
    const reading = (async () => {
      for await (const item of ahead(source(), { signal: never })) seen.push(item);
    })();
    await expect(reading).rejects.toThrow('broken');
    expect(seen).toEqual([1]);
  });
});
