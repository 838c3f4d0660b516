/// <reference types="vite/types/importMeta.d.ts" />
/** One folder whose platform is killed in the middle of its writes again and again: 5 times, 50 by `npm run soak:store`. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { openStore, type Store } from '../../../../src/platform/store/store.ts';
import type { Acknowledged } from './crash-child.ts';
import { temporaryFolder } from './folder.ts';

const DEATHS = import.meta.env.MODE === 'soak' ? 50 : 5;
/** Acknowledged before the end, at most: chance decides, so that each kind of write is hit. */
const MOST = 60;
const KINDS = 7;

/** A platform's short life on the folder, and what it acknowledged. @throws where it ended by itself */
async function liveAndDie(folder: string, round: number): Promise<Acknowledged[]> {
  const child = spawn(
    resolve('node_modules/.bin/node'),
    [resolve(import.meta.dirname, 'crash-child.ts'), folder, String(round)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  // The first lives long enough for every kind.
  const enough = round === 0 ? MOST : 1 + Math.floor(Math.random() * MOST);
  const reader = createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    if (lines.length === enough) child.kill('SIGKILL');
  });
  const [[code, signal]] = await Promise.all([closed, once(reader, 'close')]);
  if (signal !== 'SIGKILL') throw new Error(`life ${round} ended by itself with ${code}`);
  // The last may have been cut.
  return lines.flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as Acknowledged] : []));
}

/** Whether the store has what was acknowledged. A write that came after it may have been done without a word. */
async function holds(store: Store, organisationId: string, fact: Acknowledged, names: Set<string>): Promise<boolean> {
  switch (fact.kind) {
    case 'key': {
      const key = await store.keys.find(organisationId, fact.id);
      return key !== null && (key.revokedAt !== null || !fact.revoked);
    }
    case 'assistant':
      return names.has(fact.name);
    case 'widget': {
      const widget = await store.widgets.find(organisationId, fact.id);
      return widget !== null && (fact.text === null || widget.call_to_action === fact.text);
    }
    case 'deleted':
      return (await store.widgets.find(organisationId, fact.id)) === null;
    case 'call': {
      const call = await store.calls.find(organisationId, fact.id);
      return call !== null && (fact.reason === null || call.endReason === fact.reason);
    }
    case 'line': {
      const lines = await store.transcripts.list(organisationId, fact.call);
      return lines.some(({ id, text }) => id === fact.id && text === fact.text);
    }
    case 'rating':
      return (await store.feedback.find(organisationId, fact.call))?.rating === fact.rating;
  }
}

it(
  `keeps what it acknowledged, and opens again, killed ${DEATHS} times in the middle of writes`,
  { timeout: DEATHS * 20_000 },
  async () => {
    const folder = await temporaryFolder();
    const facts: Acknowledged[] = [];
    for (let round = 0; round < DEATHS; round += 1) facts.push(...(await liveAndDie(folder, round)));

    const store = await openStore({ folder });
    onTestFinished(() => store.close());
    const { id } = await store.organisations.named('Acme Inc');
    const names = new Set((await store.assistants.list(id)).rows.map(({ name }) => name));
    const missing: Acknowledged[] = [];
    for (const fact of facts) if (!(await holds(store, id, fact, names))) missing.push(fact);
    expect(missing).toEqual([]);
    expect(new Set(facts.map(({ kind }) => kind)).size).toBe(KINDS);
    console.log(`killed ${DEATHS} times: ${facts.length} acknowledged, all of them there`);
  },
);
