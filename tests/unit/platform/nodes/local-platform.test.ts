import { expect, it, onTestFinished } from 'vitest';
import { startLocalPlatform } from '../../../../src/platform/local-platform.ts';
import { openStore, silentLogger } from '../../../../src/platform/platform.ts';
import { PAGES, serveSite } from '../site/northwind.ts';
import { databaseOfTest } from '../store/stores.ts';

it('a platform writes the pages that it reads to its store, and keeps them when the site is down', async () => {
  const { folder = null, url } = await databaseOfTest();
  const site = await serveSite((path) => (PAGES[path] === undefined ? undefined : { body: PAGES[path] }));
  const errors: unknown[] = [];
  const platform = await startLocalPlatform({
    port: 0,
    folder,
    ...(url !== undefined && { databaseUrl: url }),
    siteUrl: `${site.origin}/`,
    drainMs: 0,
    logger: { ...silentLogger, error: (event) => errors.push(event) },
  });
  onTestFinished(() => platform.close());
  await platform.readSite();
  expect(errors).toEqual([]);
  await site[Symbol.asyncDispose]();
  await platform.readSite();
  expect(errors).toEqual(['site not read']);
  await platform.close();

  const store = await openStore(url === undefined ? { folder } : { url });
  const { id } = await store.organisations.named('Northwind Catering');
  const pages = await store.sitePages.list(id, platform.assistantId);
  await store.close();
  expect(pages).toHaveLength(3);
});
