import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Vault } from '../platform/vault/vault.ts';
import { CacheStore } from './cache/stores/cache-store.ts';
import { Resolver } from './egress/resolver.ts';
import type { Endpoints } from './endpoints/endpoints.ts';
import { ProviderOptions } from './provider-options.ts';
import { ProviderRegistry } from './provider-registry.ts';
import { Provider } from './provider.ts';
import { CallReceipts } from './telemetry/call-receipts.ts';

export interface OwnUpstream {
  /** With a dot in it, which no provider's has. */
  readonly name: string;
  readonly options: Partial<ProviderOptions>;
  readonly endpoints: Endpoints;
}

/** Upstreams that come and go while the application runs: providers without a folder, without a credential. */
@Injectable()
export class Upstreams {
  constructor(
    private readonly clock: Clock,
    private readonly receipts: CallReceipts,
    private readonly store: CacheStore,
    private readonly vault: Vault,
    private readonly resolver: Resolver,
    private readonly registry: ProviderRegistry,
  ) {}

  /** Takes the place of an earlier one of that name. */
  open({ name, options, endpoints }: OwnUpstream): Provider {
    const { clock, receipts, store, vault, resolver } = this;
    return this.registry.replace(
      new Provider({
        name,
        options: Object.freeze(Object.assign(new ProviderOptions(), options)),
        operations: {},
        endpoints,
        ...{ clock, receipts, store, vault, resolver },
        issuer: refuseToIssue,
        random: Math.random,
      }),
    );
  }

  /** Takes it off the registry and ends its connections, when nothing is under way any more. */
  async close(upstream: Provider): Promise<void> {
    this.registry.unregister(upstream);
    await upstream.close();
  }
}

const refuseToIssue = (): never => {
  throw new TypeError('An upstream without a credential asked for a token');
};
