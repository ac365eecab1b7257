import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { ageEntries } from '../../../../test/contracts/age-entries.ts';
import { buildEntry } from '../../../../test/support/build-entry.ts';
import { itIsACacheStore } from '../../../../test/contracts/cache-store.contract.ts';
import { openInstance } from '../../../../test/contracts/open-instance.ts';
import { SlowStore } from '../../../../test/contracts/slow-store.ts';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../../test/support/start-redis.ts';
import { CacheOptions } from '../cache.config.ts';
import { MemoryStore } from './memory-store.ts';
import { TieredStore } from './tiered-store.ts';

describeWithRedis('the tiered store', () => {
  let server: TestRedis;
  let redis: Redis;
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
  });
  beforeEach(() => redis.flushall());
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  itIsACacheStore({ isAtHand: true }, async () => {
    const clock = new FakeClock();
    const instance = await openInstance(server.url, { maxEntryBytes: 100_000 }, clock);
    await instance.connected();
    const elapse = async (byMs: number): Promise<void> => {
      await clock.advance(byMs);
      await ageEntries(redis, byMs);
    };
    return { store: instance.store, clock, elapse, close: () => instance.close() };
  });

  it('leaves no timer behind when it is closed', async () => {
    const clock = new FakeClock();
    const instance = await openInstance(server.url, {}, clock);
    await instance.connected();
    await instance.close();
    expect(clock.pending).toBe(0);
  });
});

const open = () => {
  const behind = new SlowStore();
  const clock = new FakeClock();
  const front = new MemoryStore(new CacheOptions(), clock);
  return { store: new TieredStore(front, behind, clock), behind, clock };
};

describe('memory in front of a slow store', () => {
  it('lets nobody wait for what is kept or deleted there', async () => {
    const { store } = open();
    await store.reserve(['pokeapi']).keep('key', buildEntry());
    expect(store.peek('key')).toBeDefined();
    store.delete('key');
    expect(store.peek('key')).toBeUndefined();
  });

  it('reads once what many want, and then has it at hand', async () => {
    const { store, behind } = open();
    const found = Promise.all(Array.from({ length: 1_000 }, async () => store.get('key')));
    behind.answer(buildEntry());
    expect(new Set(await found).size).toBe(1);
    expect([behind.asked, store.peek('key')]).toEqual([['key'], (await found)[0]]);
  });

  it('asks for what is fresh where its own is stale', async () => {
    const { store, behind, clock } = open();
    await store.reserve([]).keep('key', buildEntry());
    expect([await store.get('key'), behind.asked]).toEqual([store.peek('key'), []]);
    await clock.advance(60_000);
    const found = store.get('key');
    behind.answer(buildEntry({ receivedAt: 50_000 }));
    expect(await found).toMatchObject({ receivedAt: 50_000 });
    expect(store.peek('key')).toBe(await found);
  });

  it.each([
    ['nothing', undefined],
    ['something stale as well', buildEntry()],
  ])('stays with its own that is stale when there is %s behind', async (_what, behindIt) => {
    const { store, behind, clock } = open();
    await store.reserve([]).keep('key', buildEntry());
    await clock.advance(60_000);
    const found = store.get('key');
    behind.answer(behindIt);
    expect(await found).toBe(store.peek('key'));
  });

  it('reads anew what was not there', async () => {
    const { store, behind } = open();
    for (const _ of [1, 2]) {
      const found = store.get('key');
      behind.answer();
      expect(await found).toBeUndefined();
    }
    expect(behind.asked).toEqual(['key', 'key']);
  });

  it('does not bring back what is invalidated while it is read, not even for those who join later', async () => {
    const { store, behind } = open();
    const early = store.get('key');
    await store.invalidate(['pokeapi']);
    const late = store.get('key');
    behind.answer(buildEntry());
    expect([await early, await late, store.peek('key')]).toEqual([undefined, undefined, undefined]);
  });

  it('is not disturbed in its reading by what does not concern it', async () => {
    const { store, behind } = open();
    const found = store.get('key');
    await store.invalidate(['cms']);
    behind.answer(buildEntry());
    expect([await found, store.peek('key')]).toEqual([expect.anything(), expect.anything()]);
  });

  it('does not bring back what is deleted while it is read', async () => {
    const { store, behind } = open();
    const found = store.get('key');
    store.delete('key');
    behind.answer(buildEntry());
    await found;
    expect(store.peek('key')).toBeUndefined();
  });

  it('does not replace what was kept while it is read', async () => {
    const { store, behind } = open();
    const found = store.get('key');
    const newer = buildEntry();
    await store.reserve(['pokeapi']).keep('key', newer);
    behind.answer(buildEntry());
    expect([await found, store.peek('key')]).toEqual([newer, newer]);
    expect(await found).toBe(newer);
  });

  it('hears what others have forgotten', () => {
    const { store } = open();
    for (const key of ['one', 'two', 'three']) void store.reserve([key]).keep(key, buildEntry({ tags: [key] }));
    store.forget({ tags: ['one'], keys: ['two'] });
    expect(['one', 'two', 'three'].map((key) => store.peek(key) !== undefined)).toEqual([false, false, true]);
    const reservation = store.reserve(['three']);
    store.forget({ tags: ['*'], keys: [] });
    void reservation.keep('three', buildEntry({ tags: ['three'] }));
    expect(store.peek('three')).toBeUndefined();
  });
});
