import { afterEach, describe, expect, it } from '@jest/globals';
import { EmbeddedDatabase } from '../../../src/platform/embedded/embedded-database.ts';
import { Metrics } from '../../../src/platform/telemetry/metrics.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { parseSamples } from '../../support/measuring.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';

const SLOW_MS = 120_000;

let breakwater: TestApp;
afterEach(() => breakwater.close());

/** 1 or 0 for each store of our own that is used. */
const stores = async (): Promise<Record<string, number>> => {
  const samples = parseSamples(await breakwater.app.get(Metrics).scrape());
  const ours = samples.filter(({ name }) => name === 'breakwater_store_up');
  return Object.fromEntries(ours.map(({ labels, value }) => [labels['breakwater_store'] ?? '', value]));
};

describe('what metrics tell of the store in DATA_DIR', () => {
  it('is nothing before it is used, and none is opened for it', async () => {
    breakwater = await createApp();
    expect(await stores()).toEqual({});
    expect(breakwater.app.get(EmbeddedDatabase, { strict: false }).isOpen).toBe(false);
  });

  it(
    'is whether it answers',
    async () => {
      breakwater = await createApp();
      const database = await breakwater.app.get(EmbeddedDatabase, { strict: false }).open();
      expect(await stores()).toEqual({ embedded: 1 });
      await database.close();
      await eventually(async () => expect(await stores()).toEqual({ embedded: 0 }), 20_000);
    },
    SLOW_MS,
  );
});

describeWithRedis('what metrics tell of Redis', () => {
  let redis: TestRedis;
  afterEach(() => redis.stop());

  it('is that it is silent, and that it is back', async () => {
    redis = await startRedis();
    breakwater = await createApp({ env: { REDIS_URL: redis.url } });
    await eventually(async () => expect(await stores()).toEqual({ redis: 1 }), 20_000);
    redis.pause();
    await eventually(async () => expect(await stores()).toEqual({ redis: 0 }), 20_000);
    redis.resume();
    await eventually(async () => expect(await stores()).toEqual({ redis: 1 }), 20_000);
  });
});
