/** Where a test makes a database of PGlite's, it gets a copy of an empty one. */

import { existsSync, openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { inject } from 'vitest';

const create = PGlite.create.bind(PGlite);

PGlite.create = async (dataDir?: string | PGliteOptions, options: PGliteOptions = {}) => {
  if (typeof dataDir !== 'string' || existsSync(join(dataDir, 'PG_VERSION'))) return create(dataDir as string, options);
  return create(dataDir, { ...options, loadDataDir: await openAsBlob(inject('emptyPglite')) });
};
