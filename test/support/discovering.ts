import type { Endpoint } from '../../src/outbound/endpoints/endpoint.ts';
import type { Resolver } from '../../src/outbound/egress/resolver.ts';
import { createDiscovery } from '../../src/gateway/discovery/create-discovery.ts';
import type { DiscoveryOptions } from '../../src/gateway/routes/target-options.ts';
import { captureLog } from './captured-log.ts';
import { FakeClock } from './fake-clock.ts';
import { LyingResolver } from './lying-resolver.ts';

export interface Discovering {
  readonly clock: FakeClock;
  /** All lists that were told, oldest first. */
  readonly told: readonly (readonly Endpoint[])[];
  /** Ids of the last list, in its order. */
  ids(): string[];
  /** Level and message of all lines of the log. */
  logged(): string[][];
  /** All that the log has, as written. */
  readonly lines: readonly string[];
  close(): void;
}

interface Setup {
  readonly network?: 'public' | 'private';
  /** Default: one that knows no name. */
  readonly resolver?: Resolver;
}

/** Discovery of an upstream's servers, opened. Close it when done. */
export const startDiscovery = async (options: DiscoveryOptions, setup: Setup = {}): Promise<Discovering> => {
  const clock = new FakeClock();
  const { log, lines } = captureLog();
  const { network = 'public', resolver = new LyingResolver(() => []) } = setup;
  const discovery = createDiscovery(options, { network, clock, log, resolver });
  const told: (readonly Endpoint[])[] = [];
  await discovery.open((endpoints) => void told.push(endpoints));
  return {
    ...{ clock, told, lines },
    ids: () => told.at(-1)?.map(({ id }) => id) ?? [],
    logged: () =>
      lines.map((line) => JSON.parse(line) as { level: string; msg: string }).map((one) => [one.level, one.msg]),
    close: () => discovery.close(),
  };
};
