import type { LookupAddress, LookupOptions } from 'node:dns';
import { describe, expect, it } from '@jest/globals';
import { LyingResolver } from '../../../test/support/lying-resolver.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { checkedLookup } from './checked-lookup.ts';
import { EgressRefused } from './egress-refused.ts';
import { reachOf } from './reach.ts';
import { SystemResolver } from './resolver.ts';

type Found = readonly [addresses: string | LookupAddress[], family: number | undefined];

const look = (addresses: readonly string[], options: LookupOptions, name = 'api.example.com'): Promise<Found> =>
  new Promise((resolve, reject) => {
    const lookup = checkedLookup(new LyingResolver(() => addresses), reachOf(name, 'public'));
    lookup(name, options, (error, found, family) => (error ? reject(error) : resolve([found, family])));
  });

describe('a checked lookup', () => {
  it.each([
    ['127.0.0.1', '::1'],
    ['169.254.169.254'],
    ['10.0.0.1', '::ffff:10.0.0.2', 'fe80::1', 'fd00:ec2::254', '0.0.0.0'],
  ])('refuses a name that leads to %s', async (...addresses) => {
    const [all, one] = [look(addresses, { all: true }), look(addresses, {})];
    expect(await rejectionOf(all)).toEqual(new EgressRefused());
    expect(await rejectionOf(one)).toEqual(new EgressRefused());
  });

  it('leaves out of several addresses those that are not public, and keeps the order', async () => {
    const mixed = ['10.0.0.1', '2606:4700::1111', '127.0.0.1', '8.8.8.8', '169.254.169.254'];
    const kept = [
      { address: '2606:4700::1111', family: 6 },
      { address: '8.8.8.8', family: 4 },
    ];
    expect(await look(mixed, { all: true })).toEqual([kept, undefined]);
    expect(await look(mixed, {})).toEqual(['2606:4700::1111', 6]);
  });

  it('passes on that there is no such name', async () =>
    expect(await rejectionOf(look([], { all: true }))).toMatchObject({ code: 'ENOTFOUND' }));

  it('asks the system in production', async () => {
    const lookup = checkedLookup(new SystemResolver(), reachOf('localhost', 'public'));
    const found = await new Promise((resolve) => lookup('localhost', { family: 4 }, (...answer) => resolve(answer)));
    expect(found).toEqual([null, '127.0.0.1', 4]);
  });
});
