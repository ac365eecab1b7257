import { BlockList, isIPv6 } from 'node:net';

/** The names that the HTTP server knows. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.1/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Whether an address is that of a proxy whose forwarding headers are believed. */
export type IsTrusted = (address: string) => boolean;

/** @param proxies TRUST_PROXY: addresses, CIDR ranges or names of ranges */
export const compileTrust = (proxies: readonly string[]): IsTrusted => {
  if (proxies.length === 0) return () => false;
  const list = new BlockList();
  for (const item of proxies.flatMap((proxy) => NAMED[proxy] ?? [proxy])) {
    const [address = '', prefix] = item.split('/');
    const family = familyOf(address);
    list.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return (address) => list.check(address, familyOf(address));
};

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');
