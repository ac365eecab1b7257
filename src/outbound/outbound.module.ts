import { HttpModule, HttpService } from '@nestjs/axios';
import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { Clock } from '../platform/clock.ts';
import { Vault } from '../platform/vault/vault.ts';
import { VaultModule } from '../platform/vault/vault.module.ts';
import { CacheInvalidation } from './cache/cache-invalidation.ts';
import { CacheModule } from './cache/cache.module.ts';
import { CacheStore } from './cache/stores/cache-store.ts';
import { ContractLog } from './contract/contract-log.ts';
import { ContractReports } from './contract/contract-reports.ts';
import { IssuerLookup } from './credentials/issuer-lookup.ts';
import { TokenMetrics } from './credentials/token-metrics.ts';
import type { ProviderDefinition } from './define-provider.ts';
import { Resolver, SystemResolver } from './egress/resolver.ts';
import { ApiClient } from './http/api-client.ts';
import { axiosOptions, trimDefaults } from './http/axios-defaults.ts';
import type { ProviderOptions } from './provider-options.ts';
import { ProviderRegistry } from './provider-registry.ts';
import { Provider } from './provider.ts';
import { CacheCounts } from './telemetry/cache-counts.ts';
import { CallMetrics } from './telemetry/call-metrics.ts';
import { CallReceipts } from './telemetry/call-receipts.ts';
import { ProviderMetrics } from './telemetry/provider-metrics.ts';
import { QuotaMetrics } from './telemetry/quota-metrics.ts';
import { CallSpans } from './telemetry/call-spans.ts';
import { ReceiptLog } from './telemetry/receipt-log.ts';
import { Upstreams } from './upstreams.ts';

/** What all providers share. */
@Module({
  imports: [CacheModule, VaultModule],
  providers: [
    ProviderRegistry,
    CallReceipts,
    ReceiptLog,
    ContractLog,
    ContractReports,
    CacheCounts,
    CallMetrics,
    ProviderMetrics,
    QuotaMetrics,
    TokenMetrics,
    IssuerLookup,
    CallSpans,
    CacheInvalidation,
    Upstreams,
    { provide: Resolver, useClass: SystemResolver },
  ],
  exports: [
    ProviderRegistry,
    CallReceipts,
    ContractReports,
    CacheCounts,
    CacheInvalidation,
    CacheModule,
    TokenMetrics,
    IssuerLookup,
    VaultModule,
    Resolver,
    Upstreams,
  ],
})
export class OutboundModule {
  /** Gives the importing module an `ApiClient` and an `HttpService` that reach this provider's upstream and no other. */
  static forProvider<T extends ProviderOptions>(definition: ProviderDefinition<T>): DynamicModule {
    const http = HttpModule.registerAsync({
      imports: [OutboundModule, ConfigModule.forFeature(definition.config)],
      inject: [Provider, Clock],
      useFactory: axiosOptions,
      // In the same module: each further one of a provider takes 7 KB.
      extraProviders: [
        providerOf(definition),
        { provide: ApiClient, inject: [HttpService, Provider], useFactory: createApiClient },
      ],
    });
    return { ...http, exports: [ApiClient] };
  }
}

const SHARED = [
  Clock,
  CallReceipts,
  CacheStore,
  Vault,
  Resolver,
  ProviderRegistry,
  TokenMetrics,
  ContractReports,
  IssuerLookup,
] as const;
type Instances<T extends readonly (abstract new (...args: never) => unknown)[]> = {
  -readonly [Index in keyof T]: InstanceType<T[Index]>;
};

const providerOf = <T extends ProviderOptions>({
  name,
  config,
  ...definition
}: ProviderDefinition<T>): FactoryProvider<Provider> => ({
  provide: Provider,
  inject: [config.KEY, ...SHARED],
  useFactory: (
    options: ProviderOptions,
    ...[clock, receipts, store, vault, resolver, registry, tokenMetrics, contractReports, issuers]: Instances<
      typeof SHARED
    >
  ): Provider => {
    const shared = {
      clock,
      receipts,
      store,
      vault,
      resolver,
      tokenMetrics,
      contractReports,
      issuer: () => issuers.find(),
      random: Math.random,
    };
    return registry.register(new Provider({ name, options, ...definition, ...shared }));
  },
});

const createApiClient = (http: HttpService, provider: Provider): ApiClient => {
  trimDefaults(http.axiosRef);
  return new ApiClient(http, provider);
};
