import type { DiscoveryOptions } from '../routes/target-options.ts';
import { AddressBook } from './address-book.ts';
import type { Ask } from './round.ts';
import { toEndpoints } from './to-endpoints.ts';
import { describeUnreachable, withinReach, type Reach } from './within-reach.ts';

export type DnsAddressOptions = Extract<DiscoveryOptions, { by: 'dns' }>;

/** Each address of a name, A and AAAA, is a server: weight 1, priority 0. */
export const dnsAddresses = ({ name, port, scheme }: DnsAddressOptions, reach: Reach): Ask => {
  const book = new AddressBook();
  const place = { scheme, host: name, port, priority: 0 };
  return async (dns) => {
    const { records = [], ...known } = (await book.ask(dns, [name])).get(name) ?? {};
    const { reachable, unreachable } = withinReach(records, reach);
    const leftOut = describeUnreachable(unreachable);
    const endpoints = toEndpoints({ ...place, weight: reachable.length }, reachable);
    return { ...known, endpoints, ...(leftOut !== undefined && { leftOut }) };
  };
};
