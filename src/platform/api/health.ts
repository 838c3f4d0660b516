/** `/healthz`: the process lives. `/readyz`: it can take requests, since the database answers and nobody is stopping it. */

import { Hono } from 'hono';
import type { PlatformEnv } from './env.ts';

/** A database that takes longer than this is none that a visitor could be served from, in ms. */
const ANSWER_WITHIN_MS = 2_000;

export interface Health {
  /** The two routes. */
  readonly routes: Hono<PlatformEnv>;
  /** From now on, not ready. */
  retire(): void;
}

export interface HealthOptions {
  /** Resolves when the database answers. */
  readonly ping: () => Promise<void>;
  readonly answerWithinMs?: number;
}

export function createHealth({ ping, answerWithinMs = ANSWER_WITHIN_MS }: HealthOptions): Health {
  let retired = false;
  /** One at a time, however many ask: a database that hangs is not asked again and again. */
  let asking: Promise<boolean> | null = null;

  function answers(): Promise<boolean> {
    asking ??= ping()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        asking = null;
      });
    return within(answerWithinMs, asking);
  }

  const routes = new Hono<PlatformEnv>()
    .get('/healthz', (c) => c.json({ status: true, message: 'Healthy' }))
    .get('/readyz', async (c) => {
      const answered = await answers();
      if (answered && !retired) return c.json({ status: true, message: 'Ready' });
      const message = retired ? 'Stopping' : 'The database does not answer';
      return c.json({ status: false, message, data: null }, 503);
    });
  return {
    routes,
    retire() {
      retired = true;
    },
  };
}

/** False where it takes longer. */
async function within(ms: number, answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
