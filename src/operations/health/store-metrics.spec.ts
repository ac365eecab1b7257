import { describe, expect, it } from '@jest/globals';
import { MeasuringMetrics } from '../../../test/support/measuring.ts';
import type { Checks, Readiness } from './readiness.ts';
import { StoreMetrics } from './store-metrics.ts';

const METRIC = 'breakwater_store_up';

describe('StoreMetrics', () => {
  it('tells which store answers, and nothing of those that are not used', async () => {
    const metrics = new MeasuringMetrics();
    let checks: Checks = { redis: 'up' };
    new StoreMetrics(metrics, { look: () => Promise.resolve(checks) } as Readiness);
    expect(await metrics.values(METRIC)).toEqual([[{ breakwater_store: 'redis' }, 1]]);
    checks = { redis: 'down' };
    expect(await metrics.values(METRIC)).toEqual([[{ breakwater_store: 'redis' }, 0]]);
    checks = {};
    expect(await metrics.values(METRIC)).toEqual([]);
  });
});
