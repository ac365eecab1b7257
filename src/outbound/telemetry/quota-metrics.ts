import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { Metrics } from '../../platform/telemetry/metrics.ts';
import { CallReceipts } from './call-receipts.ts';
import type { Quota } from './notices.ts';

/** Names come from the code and the routes file; whoever reloads that may invent some. */
const MAX_PROVIDERS = 200;

interface Told {
  readonly remaining: number;
  /** On the clock's monotonic scale. */
  readonly until: number;
}

/** `breakwater.provider.quota.remaining`: what upstreams last said that they still allow, until there is more again. */
@Injectable()
export class QuotaMetrics {
  readonly #told = new Map<string, Told>();

  constructor(
    { isOn, meter }: Metrics,
    receipts: CallReceipts,
    private readonly clock: Clock,
  ) {
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
    if (this.#told.size >= MAX_PROVIDERS && !this.#told.has(provider)) return;
    this.#told.set(provider, { remaining, until: this.clock.now() + resetMs });
  }
}
