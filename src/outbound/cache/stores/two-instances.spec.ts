import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { buildEntry } from '../../../../test/support/build-entry.ts';
import { openInstance, type Instance } from '../../../../test/contracts/open-instance.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../../test/support/start-redis.ts';
import type { CacheStore } from './cache-store.ts';

describeWithRedis('two instances that share a Redis', () => {
  let server: TestRedis;
  let redis: Redis;
  let instances: [Instance, Instance];
  let one: CacheStore;
  let other: CacheStore;
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
  });
  beforeEach(async () => {
    await redis.flushall();
    instances = [await openInstance(server.url), await openInstance(server.url)];
    [one, other] = [instances[0].store, instances[1].store];
    await Promise.all(instances.map((instance) => instance.connected()));
  });
  afterEach(() => Promise.all(instances.map((instance) => instance.close())));
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  const entry = () => buildEntry({ receivedAt: performance.now() });
  const keepAtBoth = async (): Promise<void> => {
    await one.reserve(['pokeapi']).keep('key', entry());
    await eventually(async () => expect(await other.get('key')).toBeDefined());
    expect(other.peek('key')).toBeDefined();
  };

  it('serve what the other one has kept', async () => {
    await one.reserve(['pokeapi']).keep('key', entry());
    await eventually(async () => expect(await other.get('key')).toMatchObject({ status: 200, tags: ['pokeapi'] }));
  });

  it.each<[string, () => unknown]>([
    ['invalidates', () => one.invalidate(['pokeapi'])],
    ['deletes', () => one.delete('key')],
  ])('forget at once what the other one %s', async (_, forget) => {
    await keepAtBoth();
    const forgottenAt = performance.now();
    void forget();
    expect(one.peek('key')).toBeUndefined();
    await eventually(() => expect(other.peek('key')).toBeUndefined());
    expect(performance.now() - forgottenAt).toBeLessThan(4_000);
    expect([await one.get('key'), await other.get('key')]).toEqual([undefined, undefined]);
  });

  it('keep nothing that was on its way when the other one invalidated it', async () => {
    const reservation = other.reserve(['pokeapi']);
    await one.invalidate(['pokeapi']);
    await eventually(async () => {
      await reservation.keep('key', entry());
      expect([other.peek('key'), await one.get('key')]).toEqual([undefined, undefined]);
    });
  });

  it('do not forget anew what they have told themselves', async () => {
    await one.reserve(['cms']).keep('last', buildEntry({ receivedAt: performance.now(), tags: ['cms'] }));
    const told = one.invalidate(['pokeapi']);
    await one.reserve(['pokeapi']).keep('key', entry());
    await told;
    await other.invalidate(['cms']);
    await eventually(() => expect(one.peek('last')).toBeUndefined());
    expect(one.peek('key')).toBeDefined();
  });

  it('forget all that is in memory when they may have missed something', async () => {
    await keepAtBoth();
    // What Redis itself holds is not told to anybody when it goes.
    await redis.flushall();
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await eventually(() => expect([one.peek('key'), other.peek('key')]).toEqual([undefined, undefined]));
    await keepAtBoth();
    await one.invalidate(['pokeapi']);
    await eventually(() => expect(other.peek('key')).toBeUndefined());
  });

  it.each(['garbage', 'null', '{}', '{"tags":"pokeapi","keys":[]}', '{"from":"x","tags":[7],"keys":[]}'])(
    'take the message %j for a reason to forget all that is in memory',
    async (message) => {
      await keepAtBoth();
      await redis.publish('breakwater:cache:v1:forgotten', message);
      await eventually(() => expect(other.peek('key')).toBeUndefined());
    },
  );

  it('read once from Redis what many requests want at once', async () => {
    await one.reserve(['pokeapi']).keep('key', entry());
    await eventually(async () => expect(await redis.exists('breakwater:cache:v1:entry:key')).toBe(1));
    await redis.config('RESETSTAT');
    await Promise.all(Array.from({ length: 1_000 }, async () => other.get('key')));
    expect(await redis.info('commandstats')).toMatch(/cmdstat_hmget:calls=1,/);
  });
});
