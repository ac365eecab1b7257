/** An IPv4 address within an IPv6 one, and whether a translator on the way makes packets to it of packets to the other. */
export interface EmbeddedIpv4 {
  readonly address: string;
  readonly translated: boolean;
}

/** Finds it in IPv4-mapped (RFC 4291 §2.5.5.2), NAT64 (RFC 6052) and 6to4 (RFC 3056) addresses. */
export const embeddedIpv4 = (address: string): EmbeddedIpv4 | undefined => {
  const groups = toGroups(address);
  const [first, second] = groups;
  const middle = groups.slice(2, 5).every((group) => group === 0) && groups[5];
  if (first === 0 && second === 0 && middle === 0xffff)
    return { address: toIpv4(groups[6], groups[7]), translated: false };
  if (first === 0x64 && second === 0xff9b && middle === 0) {
    return { address: toIpv4(groups[6], groups[7]), translated: true };
  }
  if (first === 0x2002) return { address: toIpv4(groups[1], groups[2]), translated: true };
  return undefined;
};

/** The eight groups of an IPv6 address in any spelling; the URL parser brings it into one. */
const toGroups = (address: string): number[] => {
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail = ''] = plain.split('::');
  const [before, after] = [toNumbers(head), toNumbers(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
};

const toNumbers = (groups: string): number[] =>
  groups === '' ? [] : groups.split(':').map((group) => Number.parseInt(group, 16));

const toIpv4 = (high = 0, low = 0): string => [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
