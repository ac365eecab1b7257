import { reachOf, type Network, type Resolver } from '../../outbound/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/logging/log.ts';
import type { DiscoveryOptions } from '../routes/target-options.ts';
import type { Discovery } from './discovery.ts';
import { dnsAddresses } from './dns-addresses.ts';
import { dnsServices } from './dns-services.ts';
import { PolledDiscovery } from './polled-discovery.ts';
import { StaticList } from './static-list.ts';
import { WatchedFile } from './watched-file.ts';

export interface DiscoverySurroundings {
  /** Addresses that names may lead to; what a name itself says outweighs it. */
  readonly network: Network;
  readonly clock: Clock;
  readonly log: Log;
  /** Where names lead by the operating system; asked where name servers do not know. */
  readonly resolver: Resolver;
}

/** What learns of an upstream's servers as its route says. Open it once; close it when the route is gone. */
export const createDiscovery = (options: DiscoveryOptions, surroundings: DiscoverySurroundings): Discovery => {
  switch (options.by) {
    case 'list':
      return new StaticList(options.endpoints);
    case 'dns':
      return new PolledDiscovery({
        ...surroundings,
        ...options,
        ask: dnsAddresses(options, reachIn(options, surroundings)),
      });
    case 'srv':
      return new PolledDiscovery({
        ...surroundings,
        ...options,
        ask: dnsServices(options, reachIn(options, surroundings)),
      });
    case 'file':
      return new WatchedFile(options.path, surroundings);
  }
};

const reachIn = ({ name }: { readonly name: string }, { network }: DiscoverySurroundings): ReturnType<typeof reachOf> =>
  reachOf(name.toLowerCase(), network);
