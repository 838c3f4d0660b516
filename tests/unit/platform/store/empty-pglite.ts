/**
 * An empty PGlite as a file, made once a run: to load it takes a fifth of the time that it takes to make one
 * (`copied-pglite.ts`).
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    emptyPglite: string;
  }
}

export default async function emptyPglite(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'empty-pglite-'));
  const client = await PGlite.create('memory://');
  const dump = await client.dumpDataDir('none');
  await client.close();
  const path = join(folder, 'empty.tar');
  await writeFile(path, dump.stream());
  project.provide('emptyPglite', path);
  return () => rm(folder, { recursive: true });
}
