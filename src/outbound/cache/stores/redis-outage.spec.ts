import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { buildEntry } from '../../../../test/support/build-entry.ts';
import { openInstance, type Instance } from '../../../../test/contracts/open-instance.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../../test/support/start-redis.ts';

const GONE = 'Redis does not answer: the cache works on memory alone until it is back';
const BACK = 'Redis is back: the cache is shared again';
/** What a lookup and its answer may lose, with room for a busy machine. */
const NOT_LONG_MS = 4_000;

describeWithRedis('without its Redis the cache', () => {
  let server: TestRedis;
  let instance: Instance;
  beforeEach(async () => {
    server = await startRedis();
    instance = await openInstance(server.url);
    await instance.connected();
  });
  afterEach(async () => {
    // One that is paused would be waited for.
    await server.stop();
    await instance.close();
  });

  const entry = () => buildEntry({ receivedAt: performance.now() });
  const keep = async (key: string): Promise<void> => {
    const reservation = instance.store.reserve(['pokeapi']);
    await reservation.keep(key, entry());
    reservation.release();
  };
  const get = (key: string) => instance.store.get(key);

  /** All that a request may ask of the store; how long it took. */
  const request = async (key: string): Promise<number> => {
    const startedAt = performance.now();
    expect(await get(key)).toBeUndefined();
    expect(await get(`${key} variant`)).toBeUndefined();
    await keep(key);
    await instance.store.delete(`${key} unknown`);
    expect((await get(key))?.status).toBe(200);
    return performance.now() - startedAt;
  };

  const expectWorkingOnMemory = async (name: string): Promise<void> => {
    for (let index = 0; index < 20; index += 1) {
      expect(await request(`${name} ${index}`)).toBeLessThan(NOT_LONG_MS);
    }
    expect(await instance.store.invalidate(['pokeapi'])).toBeGreaterThanOrEqual(20);
  };

  const expectSharing = async (): Promise<void> => {
    const other = await openInstance(server.url);
    try {
      await other.connected();
      await eventually(async () => {
        await keep('shared');
        expect(await other.store.get('shared')).toBeDefined();
      });
    } finally {
      await other.close();
    }
  };

  it('works on memory while it is killed, and shares again once an empty one is there', async () => {
    await expectSharing();
    await server.kill();
    await expectWorkingOnMemory('killed');
    await eventually(() => expect(instance.logged('warn')).toEqual([GONE]));
    await server.restart();
    await eventually(() => expect(instance.logged('info')).toEqual([BACK]));
    await expectSharing();
    expect(instance.logged('warn')).toEqual([GONE]);
  });

  it('works on memory while it hangs, and stops asking it', async () => {
    server.pause();
    await expectWorkingOnMemory('hung');
    const startedAt = performance.now();
    for (let index = 0; index < 100; index += 1) await get(`unknown ${index}`);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    expect(instance.logged('warn')).toEqual([GONE]);
    server.resume();
    await eventually(async () => {
      await get('unknown');
      expect(instance.logged('info')).toEqual([BACK]);
    });
    await expectSharing();
  });

  it('does not wait for it while it is slow', async () => {
    const admin = new Redis(server.url);
    await admin.client('PAUSE', 1_000, 'ALL');
    await expectWorkingOnMemory('slow');
    admin.disconnect();
  });

  it('loses none of a load under which it is killed', async () => {
    const load = Array.from({ length: 200 }, (_, index) => request(`load ${index}`));
    await server.kill();
    expect((await Promise.allSettled(load)).filter(({ status }) => status === 'rejected')).toEqual([]);
  });

  it('carries out what was invalidated meanwhile, before it reads from Redis again', async () => {
    const other = await openInstance(server.url);
    await other.connected();
    await keep('key');
    await eventually(async () => expect(await other.store.get('key')).toBeDefined());
    server.pause();
    for (const key of ['a', 'b', 'c']) await get(key);
    expect(instance.logged('warn')).toEqual([GONE]);
    // Not even sent: nobody asks Redis any more.
    await instance.store.invalidate(['pokeapi']);
    server.resume();
    const seen = new Set<unknown>();
    await eventually(async () => {
      seen.add(await get('key'));
      expect([other.store.peek('key'), await other.store.get('key')]).toEqual([undefined, undefined]);
    });
    expect([...seen]).toEqual([undefined]);
    await other.close();
  });

  it('does not wait for it to stop', async () => {
    server.pause();
    const startedAt = performance.now();
    await instance.close();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
