import type { LookupFunction } from 'node:net';
import { EgressRefused } from './egress-refused.ts';
import type { Reach } from './reach.ts';
import type { Resolver } from './resolver.ts';

/**
 * A `lookup` for `net.connect`, which connects to what this gives and asks no second time: so a name cannot change
 * between being checked and being used. Addresses out of reach are left out; with none left it fails with EgressRefused.
 */
export const checkedLookup =
  (resolver: Resolver, reach: Reach): LookupFunction =>
  (hostname, options, callback) =>
    resolver.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const reachable = addresses.filter(({ address }) => reach(address));
      const [first] = reachable;
      if (first === undefined) return callback(new EgressRefused(), '');
      // All of them where the faster family is to be found out (RFC 8305).
      return options.all ? callback(null, reachable) : callback(null, first.address, first.family);
    });
