import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { MeasuringMetrics } from '../../../test/support/measuring.ts';
import { ProviderRegistry } from '../provider-registry.ts';
import { CallReceipts } from './call-receipts.ts';
import { QuotaMetrics } from './quota-metrics.ts';

const METRIC = 'breakwater_provider_quota_remaining';

const setUp = () => {
  const [metrics, receipts, clock] = [new MeasuringMetrics(), new CallReceipts(), new FakeClock()];
  new QuotaMetrics(metrics, receipts, new ProviderRegistry(), clock);
  return { metrics, receipts, clock };
};

describe('QuotaMetrics', () => {
  it('tells what an upstream last said, until there is more again', async () => {
    const { metrics, receipts, clock } = setUp();
    receipts.publish(buildReceipt());
    expect(await metrics.values(METRIC)).toEqual([]);
    receipts.publish(buildReceipt({ notices: { quota: { remaining: 9 } } }));
    receipts.publish(buildReceipt({ notices: { quota: { remaining: 0, resetMs: 60_000 } } }));
    receipts.publish(buildReceipt({ notices: { sunset: 'soon' } }));
    await clock.advance(59_999);
    expect(await metrics.values(METRIC)).toEqual([[{ breakwater_provider: 'fixture' }, 0]]);
    await clock.advance(1);
    expect(await metrics.values(METRIC)).toEqual([]);
  });

  it('has room for all that a large file of routes leads to', async () => {
    const { metrics, receipts } = setUp();
    const tell = (provider: string, remaining: number): void =>
      receipts.publish(buildReceipt({ provider, notices: { quota: { remaining } } }));
    for (let n = 0; n < 1_100; n += 1) tell(`provider-${n}`, 1);
    tell('provider-0', 5);
    const values = await metrics.values(METRIC);
    expect([values.length, values[0]?.[1]]).toEqual([1_100, 5]);
  });
});
