import { BalancedEndpoints } from '../../src/gateway/balancing/balanced-endpoints.ts';
import { ServerState } from '../../src/gateway/balancing/server-state.ts';
import type { BalanceOptions, EjectionOptions } from '../../src/gateway/routes/target-options.ts';
import type { Endpoint, Lease, Outcome } from '../../src/outbound/index.ts';
import { FakeClock } from './fake-clock.ts';

export const NONE: ReadonlySet<Endpoint> = new Set();

/** The same numbers from [0, 1) in each run. */
export const seeded =
  (seed = 1): (() => number) =>
  () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

/** A server such as `a`, or `a*3` of weight 3. */
export const buildEndpoint = (text: string, own: Partial<Endpoint> = {}): Endpoint => {
  const [id = '', weight = '1'] = text.split('*');
  return { id, origin: `http://${id}.example`, weight: Number(weight), priority: 0, ...own };
};

/** The states of servers such as `a b*3`, with their weights as shares. */
export const buildServers = (text: string): ServerState[] =>
  text.split(' ').map((one, place) => {
    const server = new ServerState(buildEndpoint(one), -Infinity);
    return Object.assign(server, { place, share: server.endpoint.weight });
  });

export interface Balancing {
  readonly clock: FakeClock;
  readonly endpoints: BalancedEndpoints;
  /** Sets the servers, such as `a b*3`. */
  readonly set: (text: string) => void;
  /** The id of the next, whose request is over at once as it was to be. */
  readonly pick: (outcome?: Outcome, affinity?: string) => string | undefined;
  /** The next that are not `tried`, ids only, until there is none. */
  readonly pickAll: () => string[];
  /** Requests that one has of so many, all over at once. */
  readonly countOf: (picks: number) => Record<string, number>;
  /** Requests to the server that fail. */
  readonly fail: (id: string, times?: number) => void;
  readonly begin: (id: string) => Lease;
  readonly stateOf: (id: string) => string | undefined;
}

const EJECTION = { failures: 5, forMs: 30_000, maxMs: 300_000, maxShare: 0.5 };

/** A balance of the servers, 10 s of slow start, on a clock of its own. */
export const balancing = (
  text: string,
  own: Partial<BalanceOptions> = {},
  ejection: Partial<EjectionOptions> = {},
): Balancing => {
  const clock = new FakeClock();
  const endpoints = new BalancedEndpoints({
    balance: { method: 'round-robin', hashBy: 'path', slowStartMs: 10_000, ...own },
    ejection: { ...EJECTION, ...ejection },
    clock,
    random: seeded(),
  });
  const set = (list: string): void => void endpoints.update(list.split(' ').map((one) => buildEndpoint(one)));
  set(text);
  return { clock, endpoints, set, ...picking(endpoints) };
};

const picking = (endpoints: BalancedEndpoints): Omit<Balancing, 'clock' | 'endpoints' | 'set'> => {
  const pick: Balancing['pick'] = (outcome = 'nothing', affinity) => {
    const lease = endpoints.pick(affinity === undefined ? {} : { affinity }, NONE);
    lease?.judge(outcome);
    lease?.end();
    return lease?.endpoint.id;
  };
  const begin: Balancing['begin'] = (id) => {
    const others = endpoints.all().filter((endpoint) => endpoint.id !== id);
    return endpoints.pick({}, new Set(others))!;
  };
  return {
    pick,
    begin,
    pickAll: () => untried(endpoints),
    countOf: (picks) => count(Array.from({ length: picks }, () => pick() ?? '')),
    fail: (id, times = 5) => {
      for (let time = 0; time < times; time += 1) judged(begin(id), 'failure');
    },
    stateOf: (id) => endpoints.status().find((status) => status.id === id)?.state,
  };
};

const untried = (endpoints: BalancedEndpoints): string[] => {
  const tried = new Set<Endpoint>();
  for (let lease = endpoints.pick({}, tried); lease; lease = endpoints.pick({}, tried)) {
    tried.add(lease.endpoint);
    lease.end();
  }
  return [...tried].map(({ id }) => id);
};

const judged = (lease: Lease, outcome: Outcome): void => {
  lease.judge(outcome);
  lease.end();
};

/** How often each is there. */
export const count = (ids: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const id of ids) counts[id] = (counts[id] ?? 0) + 1;
  return counts;
};
