import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { Metrics } from '../../platform/telemetry/metrics.ts';
import { ProviderRegistry } from '../provider-registry.ts';
import { CallReceipts } from './call-receipts.ts';
import { KeptByProvider } from './kept-by-provider.ts';
import type { Quota } from './notices.ts';

interface Told {
  readonly remaining: number;
  /** On the clock's monotonic scale. */
  readonly until: number;
}

/** `breakwater.provider.quota.remaining`: what upstreams last said that they still allow, until there is more again. */
@Injectable()
export class QuotaMetrics {
  readonly #told: KeptByProvider<Told>;

  constructor(
    { isOn, meter }: Metrics,
    receipts: CallReceipts,
    registry: ProviderRegistry,
    private readonly clock: Clock,
  ) {
    this.#told = new KeptByProvider(registry);
    if (!isOn) return;
    receipts.listen(({ provider, notices }) => {
      if (notices?.quota) this.note(provider, notices.quota);
    });
    const gauge = meter.createObservableGauge('breakwater.provider.quota.remaining', {
      description: 'Calls that the upstream still allows, as it last said',
    });
    gauge.addCallback((observed) => {
      const now = this.clock.now();
      for (const [provider, { remaining, until }] of this.#told)
        if (now < until) observed.observe(remaining, { 'breakwater.provider': provider });
    });
  }

  private note(provider: string, { remaining, resetMs = Infinity }: Quota): void {
    this.#told.set(provider, { remaining, until: this.clock.now() + resetMs });
  }
}
