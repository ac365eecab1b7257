import type { SrvRecord } from 'node:dns';
import type { Endpoint } from '../../outbound/index.ts';
import type { DiscoveryOptions } from '../routes/target-options.ts';
import { AddressBook } from './address-book.ts';
import { LastGood, type Known } from './last-good.ts';
import { ASSUMED_LIFE_MS } from './next-pause.ts';
import type { Ask, Round } from './round.ts';
import { toEndpoints } from './to-endpoints.ts';
import { toTargets, type Target } from './to-targets.ts';
import { describeUnreachable, withinReach, type Reach } from './within-reach.ts';

export type DnsServiceOptions = Extract<DiscoveryOptions, { by: 'srv' }>;
type Addresses = ReadonlyMap<string, Known<string>>;

const NOT_OFFERED = 'name servers say that nobody offers this service';

/**
 * The addresses of all targets of an SRV record (RFC 2782) are servers; those of one target share its weight. One whose
 * target has no address is left out. `reach` goes by the name of the service: a target is what others make it.
 */
export const dnsServices = ({ name, scheme }: DnsServiceOptions, reach: Reach): Ask => {
  const services = new LastGood<SrvRecord>();
  const book = new AddressBook();
  return async (dns) => {
    const known = services.take(await dns.services(name));
    const targets = toTargets(known.records);
    const addresses = await book.ask(dns, [...new Set(targets.map(({ host }) => host))]);
    const trouble = known.trouble ?? (targets.length === 0 ? NOT_OFFERED : describeTrouble(addresses));
    const round = toRound(targets, addresses, { scheme, reach });
    return { ...round, ttlMs: leastLife(addresses), ...(trouble !== undefined && { trouble }) };
  };
};

interface Wanted {
  readonly scheme: 'http' | 'https';
  readonly reach: Reach;
}

const toRound = (targets: readonly Target[], addresses: Addresses, { scheme, reach }: Wanted): Round => {
  const endpoints: Endpoint[] = [];
  const leftOut = new Set<string>();
  for (const target of targets) {
    const { reachable, unreachable } = withinReach(addresses.get(target.host)?.records ?? [], reach);
    endpoints.push(...toEndpoints({ ...target, scheme }, reachable));
    for (const address of unreachable) leftOut.add(address);
  }
  const reason = describeUnreachable([...leftOut]);
  return { endpoints, ...(reason !== undefined && { leftOut: reason }) };
};

/** Of SRV records the system tells no life, of their targets' addresses it does. */
const leastLife = (addresses: Addresses): number =>
  Math.min(ASSUMED_LIFE_MS, ...[...addresses.values()].map(({ ttlMs }) => ttlMs ?? Infinity));

const describeTrouble = (addresses: Addresses): string | undefined => {
  const troubled = [...addresses].find(([, { trouble }]) => trouble !== undefined);
  return troubled && `${troubled[0]}: ${troubled[1].trouble}`;
};
