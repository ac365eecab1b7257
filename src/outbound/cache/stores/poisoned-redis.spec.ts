import { crc32 } from 'node:zlib';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { buildEntry } from '../../../../test/support/build-entry.ts';
import { captureLog } from '../../../../test/support/captured-log.ts';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../../test/support/start-redis.ts';
import { RedisGuard } from '../../../platform/redis/redis-guard.ts';
import { REDIS_PATIENCE } from './redis-patience.ts';
import { RedisStore } from './redis-store.ts';

const ENTRY = 'breakwater:cache:v1:entry:key';

describeWithRedis('garbage in Redis', () => {
  let server: TestRedis;
  let redis: Redis;
  let store: RedisStore;
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    await once(redis, 'ready');
  });
  beforeEach(async () => {
    await redis.flushall();
    const clock = new FakeClock();
    store = new RedisStore(redis, new RedisGuard(redis, clock, captureLog().log, REDIS_PATIENCE), clock, 100_000);
    await keep();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  const keep = () => store.reserve(['pokeapi']).keep('key', buildEntry());

  /** Changes what is stored, with a checksum that is right. */
  const writeHead = async (head: string): Promise<void> => {
    const body = (await redis.hget(ENTRY, 'body'))!;
    await redis.hset(ENTRY, 'head', head, 'checksum', crc32(body, crc32(head)).toString(16));
  };
  const changeHead = async (change: object): Promise<void> => {
    const head = JSON.parse((await redis.hget(ENTRY, 'head'))!) as object;
    await writeHead(JSON.stringify({ ...head, ...change }));
  };
  const replace = async (write: () => Promise<unknown>): Promise<void> => {
    await redis.del(ENTRY);
    await write();
    await redis.expire(ENTRY, 60);
  };

  const expectAbsent = async (): Promise<void> => {
    expect(await store.get('key')).toBeUndefined();
    expect(await redis.exists(ENTRY)).toBe(0);
    await keep();
    expect(await store.get('key')).toBeDefined();
  };

  it.each<[string, () => Promise<unknown>]>([
    ['text', () => replace(() => redis.set(ENTRY, 'garbage'))],
    ['a list', () => replace(() => redis.rpush(ENTRY, 'head', 'body'))],
    ['a hash of something else', () => replace(() => redis.hset(ENTRY, 'a', 'b'))],
    ['an entry that never expires', () => redis.persist(ENTRY)],
    ['an entry that outlives itself', () => redis.pexpire(ENTRY, 10_000_000)],
  ])('that is %s is absent, and removed', async (_, poison) => {
    await poison();
    await expectAbsent();
  });

  it.each(['head', 'body', 'checksum', 'keepMs', 'marks'])('without %s is absent, and removed', async (field) => {
    await redis.hdel(ENTRY, field);
    await expectAbsent();
  });

  it.each([
    ['keepMs', '-1'],
    ['keepMs', 'garbage'],
    ['keepMs', '1e300'],
    ['body', '{"name":"mewtwo"}'],
    ['body', ''],
    ['checksum', '0'],
    ['marks', 'garbage'],
    ['marks', '[]'],
    ['marks', '{}'],
    ['marks', '[7]'],
    ['marks', '[["pokeapi"]]'],
    ['marks', '[["unknown",false]]'],
    ['marks', '[["pokeapi","another"]]'],
    ['marks', '[[[[[[[['],
  ])('with %s = %j is absent, and removed', async (field, value) => {
    await redis.hset(ENTRY, field, value);
    await expectAbsent();
  });

  it('with marks nested without end is absent, and removed', async () => {
    await redis.hset(ENTRY, 'marks', '['.repeat(5_000) + ']'.repeat(5_000));
    await expectAbsent();
  });

  it.each(['', 'garbage', 'null', '[]', '{}', '"text"', '{"status":200}', '{"status":'])(
    'with the head %j is absent, and removed',
    async (head) => {
      await writeHead(head);
      await expectAbsent();
    },
  );

  it.each([
    { status: 'ok' },
    { status: 0 },
    { status: 101 },
    { status: 1_000 },
    { status: 200.5 },
    { headers: null },
    { headers: { 'x-a': 7 } },
    { headers: { 'x-a': 'b\r\nset-cookie: c=d' } },
    { headers: { 'x-a': ['ok', 'not\0ok'] } },
    { headers: { 'not a name': 'b' } },
    { headers: { 'x-a': '\u{1F41F}' } },
    { freshness: null },
    { freshness: { lifetimeMs: 1 } },
    { initialAgeMs: -1 },
    { initialAgeMs: null },
    { heldMs: '7' },
    { heldMs: undefined },
    { keepMs: -1 },
    { tags: 'pokeapi' },
    { variesOn: 'accept' },
    { variesOn: [null] },
  ])('whose head says %j is absent, and removed', async (change) => {
    await changeHead(change);
    await expectAbsent();
  });

  it.each([{ lifetimeMs: -1 }, { browserLifetimeMs: '7' }, { staleIfErrorMs: null }, { mayServeStale: 1 }])(
    'whose freshness says %j is absent, and removed',
    async (change) => {
      await changeHead({ freshness: { ...buildEntry().freshness, ...change } });
      await expectAbsent();
    },
  );

  it('that is too large is not even fetched; others may be allowed to', async () => {
    const head = (await redis.hget(ENTRY, 'head'))!;
    const body = 'x'.repeat(100_001);
    await redis.hset(ENTRY, 'body', body, 'checksum', crc32(body, crc32(head)).toString(16));
    expect([await store.get('key'), await redis.exists(ENTRY)]).toEqual([undefined, 1]);
  });
});
