/** Addresses and CIDR ranges of IPv4 and IPv6: what may stand in a list of them, and whom a list lets in. */

import { BlockList, type IPVersion, isIP, SocketAddress } from 'node:net';

interface Address {
  readonly text: string;
  readonly family: IPVersion;
}

interface Range {
  readonly start: Address;
  /** Leading bits that are the same in all of the range. */
  readonly prefix: number;
}

const BITS = { ipv4: 32, ipv6: 128 } as const;
/** Those before the IPv4 address in an IPv6 address that stands for one, `::ffff:192.0.2.1`. */
const MAPPED_BITS = 96;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;

export function isAddressOrRange(text: string): boolean {
  return rangeOf(text) !== null;
}

/** Whether the address is one of the list or in a range of it. Text that is no address is in none. */
export function isWithin(list: readonly string[], address: string): boolean {
  const caller = addressOf(address);
  if (caller === null) return false;
  const ranges = new BlockList();
  for (const text of list) {
    const range = rangeOf(text);
    // Of the same family only: a BlockList would find every IPv4 address in `::/0`.
    if (range?.start.family === caller.family) ranges.addSubnet(range.start.text, range.prefix, caller.family);
  }
  return ranges.check(caller.text, caller.family);
}

/** `192.0.2.1`, `192.0.2.0/24`, `2001:db8::1` or `2001:db8::/32`. */
function rangeOf(text: string): Range | null {
  const [, base, digits] = /^([\da-f.:]+)(?:\/(0|[1-9]\d{0,2}))?$/i.exec(text) ?? [];
  const start = base === undefined ? null : addressOf(base);
  if (start === null) return null;
  const bits = BITS[start.family];
  if (digits === undefined) return { start, prefix: bits };
  const prefix = Number(digits) - (isIP(base!) === 6 && start.family === 'ipv4' ? MAPPED_BITS : 0);
  return prefix >= 0 && prefix <= bits ? { start, prefix } : null;
}

/** An IPv4 address in the dress of IPv6, as a socket that takes both names it, is the IPv4 address. */
function addressOf(text: string): Address | null {
  // The interface that a link-local neighbour is on.
  const bare = text.replace(/%.*$/, '');
  const version = isIP(bare);
  if (version === 0) return null;
  if (version === 4) return { text: bare, family: 'ipv4' };
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' });
  const mapped = MAPPED.exec(address)?.[1];
  return mapped === undefined ? { text: address, family: 'ipv6' } : { text: mapped, family: 'ipv4' };
}
