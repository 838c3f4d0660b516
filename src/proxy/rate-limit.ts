/** How often one visitor may ask, in this process's memory: what keeps a script from spending the owner's money. */

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProxyFailure } from './failure.ts';

export interface Limits {
  /** Calls one address may create in a minute. 10 unless told otherwise. */
  readonly callsPerMinute?: number;
  /** Times one address may fetch a widget in a minute. 120 unless told otherwise. */
  readonly widgetsPerMinute?: number;
}

export class RateLimit {
  readonly #limiter: RateLimiterMemory;

  constructor(perMinute: number) {
    this.#limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  }

  /** @throws ProxyFailure `rate_limited` */
  async take(address: string): Promise<void> {
    try {
      await this.#limiter.consume(visitorOf(address));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new ProxyFailure('rate_limited', { retryAfterS: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) });
    }
  }
}

/** An IPv6 visitor has a whole /64 to choose from, so all of it counts as one. */
export function visitorOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::');
  const groups = (part: string): string[] => part.split(':').filter((group) => group !== '');
  const [before, after] = [groups(head), groups(tail ?? '')];
  const gap = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const all = [...before, ...Array<string>(gap).fill('0'), ...after];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
