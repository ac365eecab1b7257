import { HttpModule, HttpService } from '@nestjs/axios';
import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { Clock } from '../platform/clock.ts';
import { CacheInvalidation } from './cache/cache-invalidation.ts';
import { CacheModule } from './cache/cache.module.ts';
import { CacheStore } from './cache/stores/cache-store.ts';
import type { ProviderDefinition } from './define-provider.ts';
import { ApiClient } from './http/api-client.ts';
import { axiosOptions, trimDefaults } from './http/axios-defaults.ts';
import type { ProviderOptions } from './provider-options.ts';
import { ProviderRegistry } from './provider-registry.ts';
import { Provider } from './provider.ts';
import { CallReceipts } from './telemetry/call-receipts.ts';
import { ReceiptLog } from './telemetry/receipt-log.ts';

/** What all providers share. */
@Module({
  imports: [CacheModule],
  providers: [ProviderRegistry, CallReceipts, ReceiptLog, CacheInvalidation],
  exports: [ProviderRegistry, CallReceipts, CacheInvalidation, CacheModule],
})
export class OutboundModule {
  /** Gives the importing module an `ApiClient` and an `HttpService` that reach this provider's upstream and no other. */
  static forProvider(definition: ProviderDefinition): DynamicModule {
    const provider = providerModule(definition);
    const http = HttpModule.registerAsync({ imports: [provider], inject: [Provider, Clock], useFactory: axiosOptions });
    return {
      module: ProviderClientModule,
      imports: [provider, http],
      providers: [{ provide: ApiClient, inject: [HttpService, Provider], useFactory: createApiClient }],
      exports: [ApiClient, http],
    };
  }
}

@Module({})
class ProviderModule {}

@Module({})
class ProviderClientModule {}

const providerModule = ({ name, config, operations }: ProviderDefinition): DynamicModule => ({
  module: ProviderModule,
  imports: [OutboundModule, ConfigModule.forFeature(config)],
  providers: [
    {
      provide: Provider,
      inject: [config.KEY, Clock, CallReceipts, ProviderRegistry, CacheStore],
      useFactory: (
        options: ProviderOptions,
        clock: Clock,
        receipts: CallReceipts,
        registry: ProviderRegistry,
        store: CacheStore,
      ) => registry.register(new Provider({ name, options, operations, clock, receipts, store, random: Math.random })),
    },
  ],
  exports: [Provider],
});

const createApiClient = (http: HttpService, provider: Provider): ApiClient => {
  trimDefaults(http.axiosRef);
  return new ApiClient(http, provider);
};
