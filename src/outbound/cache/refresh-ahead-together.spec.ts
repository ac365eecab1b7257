import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import { ageEntries } from '../../../test/contracts/age-entries.ts';
import { openInstance, type Instance } from '../../../test/contracts/open-instance.ts';
import { SlowStore } from '../../../test/contracts/slow-store.ts';
import { buildCall } from '../../../test/support/build-call.ts';
import { buildEntry } from '../../../test/support/build-entry.ts';
import { collapsingSend } from '../../../test/support/cached-send.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { OLD } from '../../../test/support/refreshing.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../test/support/start-redis.ts';
import type { Call } from '../http/call.ts';
import type { CacheEntry } from './cache-entry.ts';
import { toCacheKey } from './cache-key.ts';
import { refreshAhead } from './refresh-ahead.ts';

const KEY = toCacheKey(buildCall());

describe('fetching anew what other instances may have fetched', () => {
  const entry = buildEntry();
  const call = { ...buildCall(), lookup: { key: 'key', entryKey: 'key', stored: entry, validates: true } };

  it.each<[string, CacheEntry | undefined, number]>([
    ['happens when nobody has', entry, 1],
    ['is left out when somebody has', buildEntry({ receivedAt: 50_000 }), 0],
    ['is left out when it was forgotten on purpose', undefined, 0],
  ])('%s', async (_what, newest, times) => {
    const store = new SlowStore();
    const refresh = jest.fn((_call: Call) => undefined);
    refreshAhead(store, refresh)(entry, call);
    expect([store.asked, refresh.mock.calls.length]).toEqual([['key'], 0]);
    store.answer(newest);
    await settled();
    expect(refresh).toHaveBeenCalledTimes(times);
  });
});

describeWithRedis('two instances that serve the same again and again', () => {
  let server: TestRedis;
  let admin: Redis;
  let instances: Instance[];
  const clock = new FakeClock();
  beforeAll(async () => {
    server = await startRedis();
    admin = new Redis(server.url);
  });
  beforeEach(async () => {
    await admin.flushall();
    instances = await Promise.all([1, 2, 3].map(() => openInstance(server.url, {}, clock)));
    await Promise.all(instances.map((instance) => instance.connected()));
  });
  afterAll(async () => {
    await Promise.all(instances.map((instance) => instance.close()));
    admin.disconnect();
    await server.stop();
  });

  it('fetch it once between them before it goes stale', async () => {
    const script = scripted(OLD);
    const [one, other] = instances.map(({ store }) => collapsingSend(clock, script, { store }));
    const watching = instances[2]!.store;
    await one!(buildCall());
    await eventually(async () => expect(await watching.get(KEY)).toBeDefined());
    for (const send of [one!, other!]) for (let call = 0; call < 4; call += 1) await send(buildCall());
    expect(script.calls).toHaveLength(1);
    await clock.advance(58_000);
    await ageEntries(admin, 58_000);
    expect((await one!(buildCall())).cache).toEqual({ ttlMs: 2_000 });
    await eventually(async () => expect((await one!(buildCall())).cache?.ttlMs).toBe(60_000));
    await eventually(async () => expect((await watching.reread(KEY))?.receivedAt).toBeGreaterThan(50_000));
    await eventually(async () => expect((await other!(buildCall())).cache?.ttlMs).toBeGreaterThan(59_000));
    expect(script.calls).toHaveLength(2);
  });
});
