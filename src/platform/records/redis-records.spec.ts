import { afterAll, beforeAll } from '@jest/globals';
import { Redis } from 'ioredis';
import { ageRecords } from '../../../test/contracts/age-records.ts';
import { theyAreRecords } from '../../../test/contracts/records.contract.ts';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../test/support/start-redis.ts';
import { RedisGuard } from '../redis/redis-guard.ts';
import { REDIS_PATIENCE } from './redis-patience.ts';
import { RedisRecords } from './redis-records.ts';

describeWithRedis('records in Redis', () => {
  let server: TestRedis;
  let redis: Redis;
  let admin: Redis;
  let records: RedisRecords;
  beforeAll(async () => {
    server = await startRedis();
    [redis, admin] = [new Redis(server.url), new Redis(server.url)];
    // Time stands still for the guard: a busy machine makes nothing unavailable.
    records = new RedisRecords(redis, new RedisGuard(redis, new FakeClock(), captureLog().log, REDIS_PATIENCE));
  });
  afterAll(async () => {
    redis.disconnect();
    admin.disconnect();
    await server.stop();
  });

  theyAreRecords(() => Promise.resolve({ records, elapse: (byMs) => ageRecords(admin, byMs) }));
});
