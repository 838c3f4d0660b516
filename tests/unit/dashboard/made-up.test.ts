import { expect, it } from 'vitest';
import { ANSWERS, answerTo } from '../../browser/dashboard/made-up.ts';
import { openPlatform } from '../platform/api/api.ts';
import { DocumentedApi } from '../platform/api/documented.ts';

it('what the dashboard’s tests are answered is what the platform says that it answers', async () => {
  const { platform } = await openPlatform();
  const documented = await DocumentedApi.of(platform.app);
  const reads = Object.keys(ANSWERS).filter((asked) => asked.startsWith('GET '));
  expect(reads.length).toBeGreaterThan(10);
  const faults = await Promise.all(
    reads.map(async (read) => {
      const [method, path] = read.split(' ') as [string, string];
      const answer = await answerTo({ method, path, body: null }, ANSWERS);
      return documented.faultOf(method, path, answer.status, await answer.json());
    }),
  );
  expect(faults.filter((fault) => fault !== null)).toEqual([]);
});
