import { isIPv6 } from 'node:net';

const GROUPS = 8;
/** A household, a lab or one rented server has at least a /64 of its own. */
const GROUPS_OF_NETWORK = 4;

/**
 * Whom an address is counted as: IPv4 as it is, also where it is written as IPv6 (`::ffff:192.0.2.1`);
 * of IPv6 the first 64 bits (`2001:db8:0:1::/64`), since whoever has one such address has them all.
 * Worked rows: '192.0.2.1' -> '192.0.2.1'; '::FFFF:c000:201' -> '192.0.2.1'; anything else -> as it is.
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return address;
  const groups = groupsOf(plain);
  const [sixth, high, low] = [groups[5], groups[6] ?? 0, groups[7] ?? 0];
  const isIpv4 = sixth === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  if (isIpv4) return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  const network = groups.slice(0, GROUPS_OF_NETWORK).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

/** The eight numbers of an IPv6 address, whatever the way it is written. */
function groupsOf(address: string): readonly number[] {
  const [before = '', after] = address.split('::');
  const first = numbersOf(before);
  if (after === undefined) return first;
  const last = numbersOf(after);
  const zeros = Array<number>(GROUPS - first.length - last.length).fill(0);
  return [...first, ...zeros, ...last];
}

/** 'db8:0' -> [0xdb8, 0]; a tail in dots is two numbers: '192.0.2.1' -> [0xc000, 0x201]. */
function numbersOf(part: string): readonly number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
