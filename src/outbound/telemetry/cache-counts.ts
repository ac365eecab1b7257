import { Injectable } from '@nestjs/common';
import { Metrics } from '../../platform/telemetry/metrics.ts';
import { CACHE_RESULTS, toCacheResult, type CacheResult } from './cache-result.ts';
import { ProviderRegistry } from '../provider-registry.ts';
import { CallReceipts } from './call-receipts.ts';
import { KeptByProvider } from './kept-by-provider.ts';

type Counts = Record<CacheResult, number>;

/**
 * `breakwater.cache.requests`: what the cache did, by provider and result. Counted here and read when it is collected: a hit
 * is to cost next to nothing.
 */
@Injectable()
export class CacheCounts {
  readonly #counts: KeptByProvider<Counts>;

  constructor({ isOn, meter }: Metrics, receipts: CallReceipts, registry: ProviderRegistry) {
    this.#counts = new KeptByProvider(registry);
    if (!isOn) return;
    receipts.listen(({ provider, cache, isRefresh }) => {
      if (isRefresh) this.note(provider, 'refresh');
      else if (cache) this.note(provider, toCacheResult(cache));
    });
    const counter = meter.createObservableCounter('breakwater.cache.requests', {
      description: 'Answers by what the cache did for them',
    });
    counter.addCallback((observed) => {
      for (const [provider, counts] of this.#counts)
        for (const result of CACHE_RESULTS)
          if (counts[result] > 0)
            observed.observe(counts[result], { 'breakwater.provider': provider, 'breakwater.cache.result': result });
    });
  }

  note(provider: string, result: CacheResult): void {
    const counts = this.#counts.get(provider) ?? this.begin(provider);
    counts[result] += 1;
  }

  private begin(provider: string): Counts {
    const counts = Object.fromEntries(CACHE_RESULTS.map((result) => [result, 0])) as Counts;
    this.#counts.set(provider, counts);
    return counts;
  }
}
