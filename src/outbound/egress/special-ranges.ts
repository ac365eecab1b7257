import { BlockList } from 'node:net';

type Range = readonly [network: string, prefix: number];

const rangesOf = (ipv4: readonly Range[], ipv6: readonly Range[]): BlockList => {
  const ranges = new BlockList();
  for (const [network, prefix] of ipv4) ranges.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of ipv6) ranges.addSubnet(network, prefix, 'ipv6');
  return ranges;
};

/** Where clouds give credentials to whoever asks, though the range around it is private or public. */
const METADATA_IPV4: readonly Range[] = [
  ['100.100.100.200', 32], // Alibaba Cloud, within the shared space of RFC 6598
  ['168.63.129.16', 32], // Azure, within its public space
];
const METADATA_IPV6: readonly Range[] = [
  ['fd00:ec2::', 32], // AWS: ::254 metadata, ::23 credentials of pods
  ['fd00:42::42', 128], // Scaleway
  ['fd20:ce::254', 128], // Google Cloud
];

/** Nobody's upstream: no provider connects to these unless its URL is the very address (IANA special-purpose registries). */
export const FORBIDDEN = rangesOf(
  [
    ['0.0.0.0', 8], // this network (RFC 791); 0.0.0.0 itself reaches loopback
    ['169.254.0.0', 16], // link-local (RFC 3927), cloud metadata
    ['192.0.0.0', 24], // protocol assignments (RFC 6890), Oracle Cloud's metadata
    ['192.0.2.0', 24], // documentation (RFC 5737)
    ['192.88.99.0', 24], // 6to4 relays (RFC 7526)
    ['198.18.0.0', 15], // benchmarks (RFC 2544)
    ['198.51.100.0', 24], // documentation
    ['203.0.113.0', 24], // documentation
    ['224.0.0.0', 4], // multicast (RFC 5771)
    ['240.0.0.0', 4], // reserved (RFC 1112), broadcast
    ...METADATA_IPV4,
  ],
  [
    ['2001::', 23], // protocol assignments (RFC 2928): Teredo, benchmarks, ORCHID
    ['2001:db8::', 32], // documentation (RFC 3849)
    ['3fff::', 20], // documentation (RFC 9637)
    ...METADATA_IPV6,
  ],
);

export const LOOPBACK = rangesOf([['127.0.0.0', 8]], [['::1', 128]]);

/** Somebody's own network. */
export const PRIVATE = rangesOf(
  [
    ['10.0.0.0', 8], // RFC 1918
    ['100.64.0.0', 10], // shared by carriers and clusters (RFC 6598)
    ['172.16.0.0', 12], // RFC 1918
    ['192.168.0.0', 16], // RFC 1918
  ],
  [['fc00::', 7]], // RFC 4193
);

/** All that IPv6 has for the world at large (RFC 4291 §2.4). */
export const GLOBAL_IPV6 = rangesOf([], [['2000::', 3]]);
