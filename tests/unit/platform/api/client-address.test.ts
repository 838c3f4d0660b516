import { describe, expect, it } from 'vitest';
import { clientAddress } from '../../../../src/platform/api/client-address.ts';

const env = { incoming: { socket: { remoteAddress: '198.51.100.7' } } };
const forwarded = (value?: string) =>
  new Request('http://localhost/', value === undefined ? {} : { headers: { 'X-Forwarded-For': value } });

describe('clientAddress', () => {
  it.each([
    [0, '203.0.113.1', '198.51.100.7'],
    [1, '203.0.113.1', '203.0.113.1'],
    [1, 'forged, 203.0.113.1', '203.0.113.1'],
    [2, 'forged, 203.0.113.1, 10.0.0.1', '203.0.113.1'],
    [2, 'forged,203.0.113.1 ,10.0.0.1', '203.0.113.1'],
    // Nobody forwarded it.
    [1, undefined, '198.51.100.7'],
    // Came in behind the outermost proxy: the socket is a proxy's, and nobody wrote down whose request it is.
    [2, '203.0.113.1', null],
    [1, '', null],
  ])('behind %d trusted proxies reads %j as %s', (trustedProxies, header, address) => {
    expect(clientAddress(forwarded(header), env, trustedProxies)).toBe(address);
  });

  it('is not known where the runtime has no socket', () => {
    expect(clientAddress(forwarded(), {}, 0)).toBeNull();
    expect(clientAddress(forwarded('203.0.113.1'), undefined, 0)).toBeNull();
  });
});
