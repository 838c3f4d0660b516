import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { DatabaseUnreachableError, openStore } from '../../../../src/platform/platform.ts';
import { temporaryFolder } from '../store/folder.ts';

/** Nobody listens there. One that was free just now may be another test's by the time it is asked. */
const DEAD_PORT = 2;

async function failureOf(url: string): Promise<DatabaseUnreachableError> {
  const failure: unknown = await openStore({ url }).catch((cause: unknown) => cause);
  expect(failure).toBeInstanceOf(DatabaseUnreachableError);
  return failure as DatabaseUnreachableError;
}

describe('a DATABASE_URL that leads nowhere', () => {
  it.each(['127.0.0.1', 'localhost'])('is named with what is wrong, without its password (%s)', async (host) => {
    const failure = await failureOf(`postgres://sam:s3cret@${host}:${DEAD_PORT}/rows?application_name=s3cret`);
    expect(failure.message).toContain(
      `The database at postgres://${host}:${DEAD_PORT}/rows (DATABASE_URL) can't be used: `,
    );
    expect(failure.message).toContain('ECONNREFUSED');
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain('s3cret');
  });

  it.each(['mysql://sam:s3cret@127.0.0.1/rows', 'postgres://sam:s3cret@127.0.0.1:port/rows', 's3cret'])(
    'is refused where it is none: %s',
    async (url) => {
      const failure = await failureOf(url);
      expect(failure.message).toBe('DATABASE_URL is no postgres://user:password@host:port/database');
      expect(inspect(failure, { depth: null, showHidden: true })).not.toContain('s3cret');
    },
  );

  it('ends a platform at its start, which leaves the folder alone', async () => {
    const folder = join(await temporaryFolder(), 'rows');
    const child = spawn(resolve('node_modules/.bin/node'), [resolve('src/platform/main.ts')], {
      env: { PLATFORM_PORT: '0', DATA_DIR: folder, DATABASE_URL: `postgres://sam:s3cret@127.0.0.1:${DEAD_PORT}/rows` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => said.push(data));
    const [code] = (await once(child, 'close')) as [number];
    const text = Buffer.concat(said).toString();
    expect(code).toBe(1);
    expect(text.trim().split('\n')).toEqual([
      expect.stringContaining(`The database at postgres://127.0.0.1:${DEAD_PORT}/rows (DATABASE_URL) can't be used`),
    ]);
    expect(text).not.toContain('s3cret');
    await expect(access(folder)).rejects.toThrow('ENOENT');
  });
});
