import { hasIpv6 } from './has-ipv6.ts';
import { LastGood, NO_RECORDS, type Known } from './last-good.ts';
import type { NameServers } from './name-servers.ts';

interface Entry {
  readonly ipv4: LastGood<string>;
  readonly ipv6: LastGood<string>;
}

const LOOPBACK = '::1';

/**
 * The addresses of names. One that is not asked about any more is forgotten. IPv6 addresses beside IPv4 ones are left out
 * while this machine could not connect to them.
 */
export class AddressBook {
  #entries = new Map<string, Entry>();

  constructor(private readonly speaksIpv6: () => boolean = hasIpv6) {}

  async ask(
    dns: Pick<NameServers, 'addresses'>,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, Known<string>>> {
    const asked = new Map(names.map((name) => [name, this.#entries.get(name) ?? newEntry()]));
    this.#entries = asked;
    const isLimited = !this.speaksIpv6();
    const known = [...asked].map(async ([name, { ipv4, ipv6 }]): Promise<[string, Known<string>]> => {
      const [four, six] = await dns.addresses(name);
      const [first, second] = [ipv4.take(four), ipv6.take(six)];
      return [name, merge([first, isLimited && first.records.length > 0 ? onlyLoopback(second) : second])];
    });
    return new Map(await Promise.all(known));
  }
}

const newEntry = (): Entry => ({ ipv4: new LastGood(), ipv6: new LastGood() });

const onlyLoopback = (known: Known<string>): Known<string> => ({
  ...known,
  records: known.records.filter((address) => address === LOOPBACK),
});

/** That a name has addresses of one family only is no trouble, unless it had others before. */
const merge = (families: readonly Known<string>[]): Known<string> => {
  const records = families.flatMap((family) => family.records);
  const troubled = families.filter((family) => family.trouble !== undefined);
  const doubtful = records.length > 0 ? troubled.filter((family) => family.records.length > 0) : troubled;
  const ttlMs = Math.min(...families.map((family) => family.ttlMs ?? Infinity));
  return { records, ...(Number.isFinite(ttlMs) && { ttlMs }), ...(doubtful.length > 0 && { trouble: said(doubtful) }) };
};

/** That nobody knows tells more than that one of them has nothing. */
const said = (troubled: readonly Known<string>[]): string =>
  troubled.find(({ trouble }) => trouble !== NO_RECORDS)?.trouble ?? NO_RECORDS;
