/**
 * How fast the platform answers: requests a second and the 99th percentile of get-widget and create-call, beside a bare
 * route of the same server, asked by the same client in the same run; and the same with many rows. On PGlite in memory,
 * and on a server where `TEST_DATABASE_URL` names one. Alone: `node bench/platform.ts`.
 */

import autocannon from 'autocannon';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Asked, Servers } from './platform-server.ts';

/** In turns, short and many, so that what else the machine does hits all alike. */
const ROUNDS = 12;
const REQUESTS = 500;
const CONNECTIONS = 10;

interface Turn {
  readonly tookMs: number;
  /** Of each answer. */
  readonly timesMs: readonly number[];
}

/** @throws where an answer is a failure */
async function load(options: autocannon.Options): Promise<Turn> {
  const timesMs: number[] = [];
  const began = performance.now();
  let ended = began;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon({ ...options, connections: CONNECTIONS, amount: REQUESTS }, (error, done) =>
      error ? reject(error) : resolve(done),
    );
    run.on('response', (_client, _status, _bytes, ms) => {
      timesMs.push(ms);
      ended = performance.now();
    });
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers were failures`);
  return { tookMs: ended - began, timesMs };
}

const getWidget = ({ url, key, widgetId }: Asked): autocannon.Options => ({
  url: `${url}/v1/widgets/${widgetId}`,
  headers: { 'X-API-Key': key },
});

const createCall = ({ url, key, widgetId }: Asked): autocannon.Options => ({
  url: `${url}/v1/widgets/create-call`,
  method: 'POST',
  headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },
  body: JSON.stringify({ widget_id: widgetId }),
});

async function measure(urls: readonly string[], database: string): Promise<Record<string, object>> {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'platform-server.ts'), ...urls], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const { bare, few, many } = JSON.parse(line.toString()) as Servers;
    const targets: Readonly<Record<string, autocannon.Options>> = {
      bare: { url: bare },
      'get-widget': getWidget(few),
      'get-widget, many': getWidget(many),
      'create-call': createCall(few),
      'create-call, many': createCall(many),
    };
    const turns: Record<string, Turn[]> = {};
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [name, options] of Object.entries(targets)) {
        const turn = await load(options);
        // The first round warms up.
        if (round > 0) (turns[name] ??= []).push(turn);
      }
    }
    const of = (name: string): { perSecond: number; p99Ms: number } => {
      const times = turns[name]!.flatMap(({ timesMs }) => timesMs).toSorted((a, b) => a - b);
      const tookMs = turns[name]!.reduce((sum, turn) => sum + turn.tookMs, 0);
      return { perSecond: (times.length * 1000) / tookMs, p99Ms: times[Math.floor(times.length * 0.99)]! };
    };
    const rows = ['get-widget', 'create-call'].map((name) => {
      const [floor, here, much] = [of('bare'), of(name), of(`${name}, many`)];
      const row = {
        'requests/s': here.perSecond.toFixed(0),
        'bare route': floor.perSecond.toFixed(0),
        'share of it': (here.perSecond / floor.perSecond).toFixed(2),
        p99: `${here.p99Ms.toFixed(1)} ms`,
        'bare p99': `${floor.p99Ms.toFixed(1)} ms`,
        'times it': (here.p99Ms / floor.p99Ms).toFixed(1),
        'p99, many rows': `${much.p99Ms.toFixed(1)} ms`,
        'many / few': (much.p99Ms / here.p99Ms).toFixed(2),
      };
      return [`${name}, ${database}`, row] as const;
    });
    return Object.fromEntries(rows);
  } finally {
    const exited = once(server, 'exit');
    server.stdin.end();
    // Its databases can't be dropped before.
    if (server.exitCode === null) await exited;
  }
}

/** Two databases on the server, gone afterwards. */
async function onServer<Result>(server: string, work: (urls: readonly string[]) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: server });
  await client.connect();
  const names = ['few', 'many'].map((name) => `bench_${name}_${randomBytes(6).toString('hex')}`);
  try {
    for (const name of names) await client.query(`create database ${name}`);
    return await work(names.map((name) => Object.assign(new URL(server), { pathname: `/${name}` }).href));
  } finally {
    for (const name of names) await client.query(`drop database if exists ${name} with (force)`);
    await client.end();
  }
}

/** Prints a table. */
export async function benchPlatform(): Promise<void> {
  const { TEST_DATABASE_URL } = process.env;
  const table = await measure([], 'PGlite');
  if (TEST_DATABASE_URL) {
    Object.assign(table, await onServer(TEST_DATABASE_URL, (urls) => measure(urls, 'PostgreSQL')));
  }
  console.table(table);
}

if (import.meta.main) await benchPlatform();
