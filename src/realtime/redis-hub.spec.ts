import { afterAll, beforeAll } from '@jest/globals';
import { Redis } from 'ioredis';
import { itIsAnEventHub } from '../../test/contracts/event-hub.contract.ts';
import { openEventHubs } from '../../test/contracts/open-event-hubs.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../test/support/start-redis.ts';

describeWithRedis('the hub in Redis', () => {
  let server: TestRedis;
  let admin: Redis;
  beforeAll(async () => {
    server = await startRedis();
    admin = new Redis(server.url);
  });
  afterAll(async () => {
    admin.disconnect();
    await server.stop();
  });

  itIsAnEventHub(async () => {
    await admin.flushall();
    return openEventHubs(server.url);
  });
});
