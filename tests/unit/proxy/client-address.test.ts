import { describe, expect, it } from 'vitest';
import { nodeAddress } from '../../../src/proxy/client-address.ts';
import { visitorOf } from '../../../src/proxy/rate-limit.ts';

const env = { incoming: { socket: { remoteAddress: '198.51.100.7' } } };
const forwarded = (value?: string) =>
  new Request('http://localhost/', value === undefined ? {} : { headers: { 'X-Forwarded-For': value } });

describe('nodeAddress', () => {
  it.each([
    [0, '203.0.113.1', '198.51.100.7'],
    [1, '203.0.113.1', '203.0.113.1'],
    [1, 'forged, 203.0.113.1', '203.0.113.1'],
    [2, 'forged, 203.0.113.1, 10.0.0.1', '203.0.113.1'],
    [2, '203.0.113.1', '198.51.100.7'],
    [1, undefined, '198.51.100.7'],
  ])('behind %d trusted proxies reads %j as %s', (trustedProxies, header, address) => {
    expect(nodeAddress({ trustedProxies })(forwarded(header), env)).toBe(address);
  });

  it('is nobody where the runtime has no socket', () => {
    expect(nodeAddress()(forwarded(), {})).toBe('');
    expect(nodeAddress()(forwarded(), undefined)).toBe('');
  });
});

describe('visitorOf', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('takes %s for %s', (address, visitor) => {
    expect(visitorOf(address)).toBe(visitor);
  });
});
