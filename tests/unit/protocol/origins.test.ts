import { describe, expect, it } from 'vitest';
import { originAllowed } from '../../../src/protocol/origins.ts';

const SHOP = 'https://shop.example';

describe('originAllowed', () => {
  it.each<[string, readonly string[], boolean]>([
    ['https://any.example', [], true],
    ['null', [], true],
    [SHOP, [SHOP], true],
    [SHOP, ['https://other.example', 'https://shop.example/'], true],
    [SHOP, ['HTTPS://Shop.Example:443'], true],
    ['https://shop.example:8443', [SHOP], false],
    ['http://shop.example', [SHOP], false],
    ['https://www.shop.example', [SHOP], false],
    ['https://shop.example.evil.example', [SHOP], false],
    ['https://evilshop.example', [SHOP], false],
    ['null', [SHOP], false],
    ['', [SHOP], false],
    ['https://www.shop.example', ['https://*.shop.example'], true],
    ['https://a.b.shop.example', ['https://*.shop.example'], true],
    ['https://shop.example', ['https://*.shop.example'], false],
    ['https://evilshop.example', ['https://*.shop.example'], false],
    ['http://www.shop.example', ['https://*.shop.example'], false],
    ['https://www.shop.example:8443', ['https://*.shop.example'], false],
    ['https://www.shop.example:8443', ['https://*.shop.example:8443'], true],
    ['https://www.shop.example', ['https://www.*.example'], false],
    ['https://www.shop.example', ['*', 'not an origin', 'https://*'], false],
  ])('%s against %j is %s', (origin, allowed, answer) => {
    expect(originAllowed(origin, allowed, true)).toBe(answer);
  });

  it.each(['http://localhost:5173', 'https://localhost', 'http://127.0.0.1:8080', 'http://[::1]:3000'])(
    'lets %s in, but not in production',
    (origin) => {
      expect(originAllowed(origin, [SHOP], false)).toBe(true);
      expect(originAllowed(origin, [SHOP], true)).toBe(false);
    },
  );

  it('takes no look-alike for localhost', () => {
    expect(originAllowed('https://localhost.evil.example', [SHOP], false)).toBe(false);
    expect(originAllowed('https://127.0.0.1.evil.example', [SHOP], false)).toBe(false);
  });
});
