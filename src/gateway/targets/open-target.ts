import { Injectable } from '@nestjs/common';
import { ProviderRegistry, Resolver, Upstreams } from '../../outbound/index.ts';
import { Clock } from '../../platform/clock.ts';
import { Log } from '../../platform/logging/log.ts';
import { BalancedEndpoints } from '../balancing/balanced-endpoints.ts';
import { startProbing } from '../balancing/probing.ts';
import { createDiscovery } from '../discovery/create-discovery.ts';
import type { TargetOptions, UpstreamTarget } from '../routes/target-options.ts';
import { askWhetherWell } from './ask-whether-well.ts';
import { logicalUrl } from './logical-url.ts';
import { Target } from './target.ts';

/** What a route, or a part of one, says of where it leads. */
export interface Wanted {
  /** Names an upstream of the route's own. */
  readonly name: string;
  readonly target: TargetOptions;
  readonly connectMs: number;
}

/** Its requests wait nowhere: routes have `maxConcurrent`, and beyond that they are refused. */
const OWN_OPTIONS = { http2: 'on', maxConcurrent: 100_000, maxQueued: 0 } as const;

/** Opens what routes lead to: providers that are there anyway, and upstreams of their own. */
@Injectable()
export class TargetOpener {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly upstreams: Upstreams,
    private readonly resolver: Resolver,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Resolves when its servers are known, or cannot be had yet. */
  open({ name, target, connectMs }: Wanted): Promise<Target> {
    if (target.kind === 'upstream') return this.openUpstream(`gateway.${name}`, target, connectMs);
    return Promise.resolve(new Target(this.registry.get(target.provider), () => undefined));
  }

  private async openUpstream(name: string, target: UpstreamTarget, connectTimeoutMs: number): Promise<Target> {
    const { clock, log, resolver } = this;
    const { balance, ejection, network, probe } = target;
    const endpoints = new BalancedEndpoints({ balance, ejection, clock, random: Math.random });
    const own = { baseUrl: logicalUrl(target), network, connectTimeoutMs };
    const provider = this.upstreams.open({ name, options: { ...own, ...OWN_OPTIONS }, endpoints });
    const discovery = createDiscovery(target.discovery, { network, clock, log, resolver });
    await discovery.open((found) => provider.forget(endpoints.update(found).removed));
    const ask = probe && askWhetherWell(provider, probe);
    const probing = ask && startProbing({ options: probe, endpoints, ask, clock, random: Math.random });
    const close = (): void => {
      discovery.close();
      probing?.close();
      void this.upstreams.close(provider);
    };
    return new Target(provider, close, () => endpoints.all().map(({ origin }) => origin));
  }
}
