import type { Endpoint } from '../../outbound/index.ts';
import type { Found } from './discovery.ts';

/** More than that nobody has behind one upstream; a list that has is not to be trusted. */
export const MAX_SERVERS = 256;

/** The list of servers as it was told last. */
export class FoundServers {
  #endpoints: readonly Endpoint[] = [];
  #text = toText([]);

  constructor(private readonly found: Found) {}

  get count(): number {
    return this.#endpoints.length;
  }

  /** Tells of servers, each once, in an order that does not depend on theirs, if that is news. */
  tell(endpoints: readonly Endpoint[]): void {
    const next = tidy(endpoints);
    const text = toText(next);
    if (text === this.#text) return;
    const known = new Map(this.#endpoints.map((endpoint) => [toText(endpoint), endpoint]));
    // One that has not changed is the same object still, for those who remember which they have tried.
    this.#endpoints = next.map((endpoint) => known.get(toText(endpoint)) ?? endpoint);
    this.#text = text;
    this.found(this.#endpoints);
  }
}

/** One that is listed twice has its better priority, and then its greater weight. */
const tidy = (endpoints: readonly Endpoint[]): Endpoint[] => {
  const sorted = endpoints.toSorted(byRank);
  const byId = new Map(sorted.toReversed().map((endpoint) => [endpoint.id, endpoint]));
  return [...byId.values()].sort(byRank).slice(0, MAX_SERVERS);
};

const byRank = (one: Endpoint, other: Endpoint): number =>
  one.priority - other.priority ||
  compare(one.id, other.id) ||
  other.weight - one.weight ||
  compare(one.origin, other.origin);

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const toText = (value: Endpoint | readonly Endpoint[]): string =>
  JSON.stringify(value, ['id', 'origin', 'address', 'weight', 'priority']);
