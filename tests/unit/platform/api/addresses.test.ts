import { describe, expect, it } from 'vitest';
import { isAddressOrRange, isWithin } from '../../../../src/platform/api/addresses.ts';

describe('isAddressOrRange', () => {
  it.each([
    '192.0.2.1',
    '192.0.2.0/24',
    '192.0.2.77/24',
    '0.0.0.0/0',
    '10.0.0.1/32',
    '2001:db8::1',
    '2001:DB8::/32',
    '::/0',
    '::1/128',
    '::ffff:192.0.2.1',
    '::ffff:192.0.2.0/120',
  ])('takes %s', (text) => {
    expect(isAddressOrRange(text)).toBe(true);
  });

  it.each([
    '',
    'localhost',
    '192.0.2',
    '192.0.2.256',
    '010.0.0.1',
    '192.0.2.1/33',
    '192.0.2.1/-1',
    '192.0.2.1/',
    '192.0.2.1/08',
    '192.0.2.1/ 8',
    '192.0.2.1/8/8',
    ' 192.0.2.1',
    '192.0.2.1:80',
    '192.0.2.0-192.0.2.9',
    '2001:db8::/129',
    '2001:db8:::1',
    '[::1]',
    'fe80::1%eth0',
    '::ffff:192.0.2.0/95',
    '::ffff:192.0.2.0/24',
    '*',
  ])('refuses %j', (text) => {
    expect(isAddressOrRange(text)).toBe(false);
  });
});

describe('isWithin', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.0/24', '192.0.2.255'],
    ['192.0.2.77/24', '192.0.2.1'],
    ['0.0.0.0/0', '203.0.113.9'],
    ['2001:db8::1', '2001:0db8:0:0::0001'],
    ['2001:DB8::/32', '2001:db8:ffff::1'],
    ['::/0', '2001:db8::1'],
    ['fe80::/10', 'fe80::1%eth0'],
    // One address in two dresses, on either side.
    ['192.0.2.0/24', '::ffff:192.0.2.9'],
    ['192.0.2.0/24', '::ffff:c000:209'],
    ['::ffff:192.0.2.0/120', '192.0.2.9'],
    ['::ffff:192.0.2.9', '::FFFF:192.0.2.9'],
  ])('%s lets %s in', (rule, address) => {
    expect(isWithin([rule], address)).toBe(true);
  });

  it.each([
    ['192.0.2.1', '192.0.2.2'],
    ['192.0.2.0/24', '192.0.3.0'],
    ['192.0.2.0/24', '::ffff:192.0.3.0'],
    ['192.0.2.0/24', '::192.0.2.1'],
    ['0.0.0.0/0', '2001:db8::1'],
    ['::/0', '192.0.2.1'],
    ['::/0', '::ffff:192.0.2.1'],
    ['2001:db8::/32', '2001:db9::1'],
    ['0.0.0.0/0', ''],
    ['0.0.0.0/0', 'unknown'],
    ['0.0.0.0/0', '192.0.2.1:80'],
  ])('%s keeps %j out', (rule, address) => {
    expect(isWithin([rule], address)).toBe(false);
  });

  it('lets in what any rule lets in', () => {
    const list = ['192.0.2.1', '2001:db8::/32', '198.51.100.0/24'];
    expect(isWithin(list, '198.51.100.7')).toBe(true);
    expect(isWithin(list, '203.0.113.7')).toBe(false);
    expect(isWithin([], '198.51.100.7')).toBe(false);
  });

  it('looks at just as many bits as the prefix says', () => {
    const ipv4 = (bits: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
    const ipv6 = (bits: bigint): string =>
      [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) => ((bits >> shift) & 0xffffn).toString(16)).join(':');
    for (const [bits, text, base] of [
      [32, ipv4, 0xc0_a8_5a_c3n],
      [128, ipv6, 0x20010db8_5ac3_0f1e_8000_7fff_a5a5_0001n],
    ] as const) {
      for (let prefix = 1; prefix <= bits; prefix += 1) {
        const rule = `${text(base)}/${prefix}`;
        const lastOfPrefix = base ^ (1n << BigInt(bits - prefix));
        const allAfterPrefix = base ^ ((1n << BigInt(bits - prefix)) - 1n);
        expect(isWithin([rule], text(lastOfPrefix)), `${rule} ${text(lastOfPrefix)}`).toBe(false);
        expect(isWithin([rule], text(allAfterPrefix)), `${rule} ${text(allAfterPrefix)}`).toBe(true);
      }
    }
  });
});
