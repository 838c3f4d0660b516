import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CALL_ERROR_REASONS } from '../../../src/call/errors.ts';
import { PROGRESS_STAGES } from '../../../src/call/progress.ts';
import { en } from '../../../src/widget/text/en.ts';

const docs = await readFile(new URL('../../../docs/events.md', import.meta.url), 'utf8');
const sources = ['events', 'error-event', 'floating-events'].map(
  (name) => new URL(`../../../src/widget/${name}.ts`, import.meta.url),
);
const source = (await Promise.all(sources.map((url) => readFile(url, 'utf8')))).join('\n');

/** The words in backticks in the table row whose first cell names `field`. */
function listed(field: string): string[] {
  const row = docs.split('\n').find((line) => line.startsWith(`| ${field} |`)) ?? '';
  return [...row.split('|')[2]!.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
}

describe('docs/events.md', () => {
  it('names every event and class there is, and no other', () => {
    const fired = [...source.matchAll(/super\('(indigenius-[\w-]+)'/g)].map(([, name]) => name);
    expect(new Set(docs.match(/indigenius-(?:call-\w+|state|transcript|error|open|close)/g))).toEqual(new Set(fired));
    const classes = [...source.matchAll(/export class (\w+) /g)].map(([, name]) => name);
    expect(new Set(docs.match(/\b\w+Event\b(?=`)/g))).toEqual(new Set(classes));
  });

  it('lists and explains every stage of a start', () => {
    expect(listed('`stage`')).toEqual([...PROGRESS_STAGES]);
    const explained = docs.split('\n## ').find((part) => part.startsWith('Progress'))!;
    expect([...explained.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, stage]) => stage)).toEqual([...PROGRESS_STAGES]);
  });

  it('lists every statistic', async () => {
    const stats = await readFile(new URL('../../../src/call/stats.ts', import.meta.url), 'utf8');
    const [declared] = /(?<=export interface CallStats \{)[^}]+/.exec(stats)!;
    const explained = docs.split('\n## ').find((part) => part.startsWith('Statistics'))!;
    const fields = [...declared.matchAll(/readonly (\w+):/g)].map(([, field]) => field);
    expect([...explained.matchAll(/^\| `(\w+)` \|/gm)].map(([, field]) => field)).toEqual(fields);
  });

  it('lists every reason of a failure and of an end', () => {
    expect(listed('`error.reason`')).toEqual([...CALL_ERROR_REASONS]);
    expect(new Set(listed('`reason` of `indigenius-call-end`'))).toEqual(new Set([...Object.keys(en.ended), 'error']));
  });
});
