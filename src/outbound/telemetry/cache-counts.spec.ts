import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import { MeasuringMetrics } from '../../../test/support/measuring.ts';
import type { CacheOutcome } from '../cache/cache-outcome.ts';
import { CacheCounts } from './cache-counts.ts';
import { ProviderRegistry } from '../provider-registry.ts';
import { CallReceipts } from './call-receipts.ts';

const METRIC = 'breakwater_cache_requests_total';

const setUp = () => {
  const [metrics, receipts, registry] = [new MeasuringMetrics(), new CallReceipts(), new ProviderRegistry()];
  return { metrics, receipts, registry, counts: new CacheCounts(metrics, receipts, registry) };
};

const labelled = (result: string, provider = 'fixture') => ({
  breakwater_provider: provider,
  breakwater_cache_result: result,
});

describe('CacheCounts', () => {
  it.each<[string, CacheOutcome, string]>([
    ['a fresh answer from the store', { ttlMs: 1_000 }, 'hit'],
    ['a stale one that is being renewed', { ttlMs: -1, detail: 'stale-while-revalidate' }, 'stale'],
    [
      'a stale one in the place of a failure',
      { fwd: 'stale', fwdStatus: 503, detail: 'stale-if-error' },
      'stale_if_error',
    ],
    ['one that was confirmed', { fwd: 'stale', fwdStatus: 304, ttlMs: 1 }, 'revalidated'],
    ['one that was replaced', { fwd: 'stale', stored: true }, 'expired'],
    ['one that was not there', { fwd: 'uri-miss', stored: true }, 'miss'],
    ['one that was there for others', { fwd: 'vary-miss' }, 'miss'],
    ['one that is never kept', { fwd: 'uri-miss', detail: 'hit-for-miss' }, 'miss'],
    ['one that was shared while it was fetched', { fwd: 'uri-miss', collapsed: true }, 'collapsed'],
    ['one that was confirmed for another', { fwd: 'stale', fwdStatus: 304, collapsed: true }, 'collapsed'],
    ['a write', { fwd: 'method' }, 'bypass'],
    ['an operation without a cache', { fwd: 'bypass' }, 'bypass'],
    ['a caller who wants it from the upstream', { fwd: 'request' }, 'bypass'],
  ])('counts %s', async (_what, cache, result) => {
    const { metrics, receipts } = setUp();
    receipts.publish(buildReceipt({ cache }));
    receipts.publish(buildReceipt({ cache }));
    expect(await metrics.values(METRIC)).toEqual([[labelled(result), 2]]);
  });

  it('counts what was fetched anew in the background as that, failed or not', async () => {
    const { metrics, receipts } = setUp();
    receipts.publish(buildReceipt({ isRefresh: true, cache: { fwd: 'stale', fwdStatus: 304 } }));
    receipts.publish(buildReceipt({ isRefresh: true, outcome: 'upstream_failed' }));
    expect(await metrics.values(METRIC)).toEqual([[labelled('refresh'), 2]]);
  });

  it('counts nothing where the cache was not asked', async () => {
    const { metrics, receipts } = setUp();
    receipts.publish(buildReceipt({ outcome: 'not_configured' }));
    expect(await metrics.values(METRIC)).toEqual([]);
  });

  it('counts what others noted with the rest', async () => {
    const { metrics, receipts, counts } = setUp();
    receipts.publish(buildReceipt({ cache: {} }));
    counts.note('fixture', 'hit');
    counts.note('other', 'hit');
    expect(await metrics.values(METRIC)).toEqual([
      [labelled('hit'), 2],
      [labelled('hit', 'other'), 1],
    ]);
  });

  it('has room for all that a large file of routes leads to, with all that the cache did', async () => {
    const { metrics, receipts } = setUp();
    for (let n = 0; n < 1_100; n += 1)
      for (const cache of [{}, { fwd: 'uri-miss' }, { fwd: 'stale' }] as const)
        receipts.publish(buildReceipt({ provider: `provider-${n}`, cache }));
    const values = await metrics.values(METRIC);
    expect(values).toHaveLength(3_300);
    expect(values).toContainEqual([labelled('expired', 'provider-1099'), 1]);
  });
});
