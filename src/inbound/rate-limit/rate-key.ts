import { createHash } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../platform/context/caller.ts';

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Who a request counts for: the caller, or where it comes from when nobody knows who that is. */
export const toRateKey = ({ ip, raw }: FastifyRequest, caller?: Caller): string =>
  caller === undefined
    ? `address:${toNetwork(ip) ?? toNetwork(raw.socket.remoteAddress ?? '') ?? '?'}`
    : toCallerKey(caller);

/** A digest: names of users are nobody's business in a store of counters, and may be long. */
const toCallerKey = ({ issuer, subject, clientId = '' }: Caller): string =>
  `caller:${createHash('sha256')
    .update(JSON.stringify([issuer, subject, clientId]))
    .digest('base64url')}`;

/** An IPv4 address; of an IPv6 address the first 64 bits, which is the least that one customer is given (RFC 6177). */
export const toNetwork = (address: string): string | undefined => {
  const ipv4 = MAPPED_IPV4.exec(address)?.[1] ?? address;
  if (isIPv4(ipv4)) return ipv4;
  if (!isIPv6(address)) return undefined;
  const [head = '', tail] = address.split('%', 1)[0]!.toLowerCase().split('::');
  const [before, after] = [toGroups(head), toGroups(tail)];
  const groups =
    tail === undefined ? before : [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
};

/** A dotted quad at the end stands for two groups, whose values do not matter here. */
const toGroups = (text = ''): string[] =>
  text === '' ? [] : text.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
