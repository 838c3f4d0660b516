/** Reads a stream ahead of whoever uses it, so that the next sentence is made while the present one plays. */

export interface AheadOptions<T> {
  /** Reading pauses while what waits weighs this much or more; without it everything is read at once. */
  readonly limit?: number;
  /** What one item weighs; 1 by default. */
  readonly weigh?: (item: T) => number;
  /** On abort the stream ends at once, without throwing, whatever its source is doing. */
  readonly signal: AbortSignal;
}

/** Reading begins with the call, not with the first `next()`. A failure of the source comes after what it gave. */
export function ahead<T>(source: AsyncIterable<T>, options: AheadOptions<T>): AsyncIterable<T> {
  const { limit = Infinity, weigh = () => 1, signal } = options;
  const waiting: T[] = [];
  let weight = 0;
  let end: { readonly failure: unknown } | 'done' | null = null;
  const full = (): boolean => weight >= limit;
  let wake = (): void => {};
  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      const before = wake;
      wake = () => {
        before();
        resolve();
      };
    });
  const ring = (): void => {
    const all = wake;
    wake = () => {};
    all();
  };
  signal.addEventListener('abort', ring, { once: true });

  const read = async (): Promise<void> => {
    const items = source[Symbol.asyncIterator]();
    try {
      for (;;) {
        while (full() && !signal.aborted) await changed();
        if (signal.aborted) return;
        const { done, value } = await items.next();
        if (signal.aborted) return;
        if (done) break;
        waiting.push(value);
        weight += weigh(value);
        ring();
      }
      end = 'done';
    } catch (failure) {
      end = { failure };
    } finally {
      // Not awaited: a source that ignores the abort must not hold up whoever aborted it.
      if (end === null) void Promise.resolve(items.return?.()).catch(() => {});
      ring();
    }
  };
  void read();

  return {
    async *[Symbol.asyncIterator]() {
      for (;;) {
        if (signal.aborted) return;
        if (waiting.length > 0) {
          const item = waiting.shift()!;
          weight -= weigh(item);
          ring();
          yield item;
        } else if (end === null) {
          await changed();
        } else if (end === 'done') {
          return;
        } else {
          throw end.failure;
        }
      }
    },
  };
}
