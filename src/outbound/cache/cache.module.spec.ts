import { Test, type TestingModule } from '@nestjs/testing';
import { expect, describe, it } from '@jest/globals';
import { buildEntry } from '../../../test/support/build-entry.ts';
import { describeWithRedis, startRedis } from '../../../test/support/start-redis.ts';
import { withEnvironment } from '../../../test/support/with-environment.ts';
import { LogDestination } from '../../platform/logging/create-log.ts';
import { PlatformModule } from '../../platform/platform.module.ts';
import { CacheModule } from './cache.module.ts';
import { CacheStore } from './stores/cache-store.ts';
import { MemoryStore } from './stores/memory-store.ts';
import { TieredStore } from './stores/tiered-store.ts';

const create = (env: Record<string, string>): Promise<TestingModule> =>
  withEnvironment(env, () =>
    Test.createTestingModule({ imports: [PlatformModule, CacheModule] })
      .overrideProvider(LogDestination)
      .useValue({ write: () => undefined })
      .compile(),
  );

describe('CacheModule', () => {
  it('keeps entries in memory alone without REDIS_URL, and none once it is closed', async () => {
    const app = await create({ REDIS_URL: '', CACHE_MAX_ENTRIES: '1' });
    const store = app.get(CacheStore);
    expect(store).toBeInstanceOf(MemoryStore);
    for (const key of ['one', 'two']) {
      await store.reserve([]).keep(key, buildEntry({ receivedAt: performance.now() }));
    }
    expect([store.peek('one'), store.peek('two')]).toEqual([undefined, expect.anything()]);
    await app.close();
    expect(store.peek('two')).toBeUndefined();
  });

  it('starts and stops without the Redis that REDIS_URL names', async () => {
    const app = await create({ REDIS_URL: 'redis://127.0.0.1:1' });
    expect(app.get(CacheStore)).toBeInstanceOf(TieredStore);
    expect(await app.get(CacheStore).get('key')).toBeUndefined();
    await app.close();
  });
});

describeWithRedis('CacheModule, with a Redis', () => {
  it('leaves no connection behind', async () => {
    const server = await startRedis();
    const app = await create({ REDIS_URL: server.url });
    await app.close();
    await server.stop();
    expect(await app.get(CacheStore).get('key')).toBeUndefined();
  });
});
