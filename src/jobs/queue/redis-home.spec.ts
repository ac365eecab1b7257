import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { BullPlace } from '../../../test/contracts/call-queue-bull.ts';
import { createRedisPlace } from '../../../test/contracts/call-queue-redis.ts';
import { itGivesBackAtStop } from '../../../test/contracts/call-queue-stop.contract.ts';
import { createWorker } from '../../../test/contracts/call-queue-worker.ts';
import { itIsACallQueue } from '../../../test/contracts/call-queue.contract.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../test/support/start-redis.ts';

describeWithRedis('the queue in Redis', () => {
  let server: TestRedis;
  let admin: Redis;
  let place: BullPlace;
  beforeAll(async () => {
    server = await startRedis();
    admin = new Redis(server.url);
    place = createRedisPlace(server.url, admin);
  });
  afterAll(async () => {
    admin.disconnect();
    await server.stop();
  });

  itIsACallQueue(() => place);
  itGivesBackAtStop(() => place);

  it('keeps nothing of a call that is over, and all under one prefix', async () => {
    const { queue } = await place.open();
    const worker = createWorker();
    await queue.work(worker.handler);
    await queue.add('a', 0);
    await worker.hasBrought('a');
    await eventually(async () => expect(await queue.has('a')).toBe(false));
    const keys = await admin.keys('*');
    expect(keys.filter((key) => !key.startsWith('breakwater:jobs:calls:') || key.includes(':a'))).toEqual([]);
    await place.clear();
  });

  it('tells every process that works of a cancellation, whoever announces it', async () => {
    const [teller, ...listeners] = await Promise.all([place.open(), place.open(), place.open()]);
    const heard: string[] = [];
    for (const [at, { queue }] of listeners.entries()) {
      queue.onCancel((callId) => void heard.push(`${at} ${callId}`));
      await queue.work(createWorker().handler);
    }
    // What nobody listens to yet is lost.
    await eventually(async () => expect(await admin.pubsub('NUMSUB', 'breakwater:jobs:cancel')).toContain(2));
    await teller.queue.announceCancel('a');
    await eventually(() => expect(heard.sort()).toEqual(['0 a', '1 a']));
    await place.clear();
  });
});
