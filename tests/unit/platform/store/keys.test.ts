import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../../../src/platform/store/database.ts';
import { Keys } from '../../../../src/platform/store/keys.ts';
import { storeOfTest } from './stores.ts';

describe('a key', () => {
  it('is valid only where the hash of the row is its own, whatever found the row', async () => {
    const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');
    const row = {
      id: '1'.repeat(24),
      organisationId: '2'.repeat(24),
      scopes: ['calls:read'],
      perMinute: null,
      perHour: null,
      allowedIps: [],
      expiresAt: null,
      revokedAt: null,
    };
    const finding = (hash: string) => {
      const query = { from: () => query, where: () => Promise.resolve([{ ...row, hash }]) };
      return new Keys({ select: () => query } as unknown as Database);
    };
    expect(await finding(hashOf('secret')).check('secret')).toMatchObject({ keyId: row.id });
    expect(await finding(hashOf('other')).check('secret')).toBeNull();
    expect(await finding('').check('secret')).toBeNull();
  });

  it('is not rotated when its scopes were changed after they had been looked at', async () => {
    const { organisations, keys } = await storeOfTest();
    const { id: owner } = await organisations.named('Acme Inc');
    const { secret, key } = await keys.issue(owner, { name: 'test', scopes: ['calls:read'] });
    const rotated = await keys.rotate(owner, key.id, async (seen) => {
      expect(seen.scopes).toEqual(['calls:read']);
      await keys.setScopes(owner, key.id, ['calls:read', 'keys:write']);
    });
    expect(rotated).toBeNull();
    expect(await keys.check(secret)).toMatchObject({ scopes: ['calls:read', 'keys:write'] });
  });

  it('is rotated by one of two who looked at it at the same time', async () => {
    const { organisations, keys } = await storeOfTest();
    const { id: owner } = await organisations.named('Acme Inc');
    const { secret, key } = await keys.issue(owner, { name: 'test', scopes: ['calls:read'] });
    let looked = 0;
    let bothLooked = (): void => {};
    const both = new Promise<void>((resolve) => {
      bothLooked = resolve;
    });
    const rotate = () =>
      keys.rotate(owner, key.id, async () => {
        looked += 1;
        if (looked === 2) bothLooked();
        await both;
      });
    const rotated = (await Promise.all([rotate(), rotate()])).filter((each) => each !== null);
    expect(rotated).toHaveLength(1);
    expect(await keys.check(rotated[0]!.secret)).toMatchObject({ keyId: key.id });
    expect(await keys.check(secret)).toBeNull();
  });
});
