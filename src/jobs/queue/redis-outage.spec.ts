import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { BullPlace } from '../../../test/contracts/call-queue-bull.ts';
import { createRedisPlace } from '../../../test/contracts/call-queue-redis.ts';
import { createWorker, OVER } from '../../../test/contracts/call-queue-worker.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../test/support/start-redis.ts';
import type { Attempted } from '../call-queue.ts';

/** What a request may cost at most; the limit is 2 s. */
const BOUND_MS = 6_000;
const UNAVAILABLE = 'cannot be reached';

describeWithRedis('the queue, when Redis', () => {
  let server: TestRedis;
  let admin: Redis;
  let place: BullPlace;
  beforeEach(async () => {
    server = await startRedis();
    admin = new Redis(server.url);
    admin.on('error', () => undefined);
    place = createRedisPlace(server.url, admin);
  });
  afterEach(async () => {
    await server.restart();
    await place.clear();
    admin.disconnect();
    await server.stop();
  });

  const timeOf = async (work: Promise<unknown>): Promise<number> => {
    const startedAt = performance.now();
    await work;
    return performance.now() - startedAt;
  };

  it.each(['is silent', 'is gone'])('%s: nothing waits for it for long, and all works when it is back', async (how) => {
    const { queue } = await place.open();
    await queue.add('a', 60_000);
    await (how === 'is gone' ? server.kill() : server.pause());
    const questions = [queue.add('b', 0), queue.has('a'), queue.remove('a'), queue.announceCancel('a')];
    const refused = Promise.all(questions.map((question) => expect(question).rejects.toThrow(UNAVAILABLE)));
    expect(await timeOf(refused)).toBeLessThan(BOUND_MS);
    await (how === 'is gone' ? server.restart() : server.resume());
    await eventually(() => queue.add('c', 60_000), 12_000);
    expect(await queue.has('c')).toBe(true);
  });

  it('was never there: the first question fails in time, too', async () => {
    await server.kill();
    const { queue } = await place.open();
    expect(await timeOf(expect(queue.add('a', 0)).rejects.toThrow(UNAVAILABLE))).toBeLessThan(BOUND_MS);
    await server.restart();
    await eventually(() => queue.add('a', 0), 12_000);
  });

  it('goes away and comes back, a worker that was there before works on', async () => {
    const [{ queue }, worker] = [await place.open(), createWorker()];
    await queue.work(worker.handler);
    await queue.add('a', 0);
    await worker.hasBrought('a');
    await server.restart();
    await eventually(() => queue.add('b', 0), 12_000);
    await worker.hasBrought('a', 'b');
    expect(place.lines.join('')).toContain('Redis is back: background calls are made again');
  }, 30_000);

  it('is silent while a call ends, the end is kept when it speaks again', async () => {
    const [running, { queue }] = [Promise.withResolvers<Attempted>(), await place.open()];
    const worker = createWorker(() => running.promise);
    await queue.work(worker.handler);
    await queue.add('a', 0);
    await worker.hasBrought('a');
    server.pause();
    running.resolve(OVER);
    await expect(queue.has('a')).rejects.toThrow(UNAVAILABLE);
    server.resume();
    await eventually(async () => expect(await queue.has('a')).toBe(false), 12_000);
    await worker.hasBrought('a');
  }, 30_000);

  it('is gone at a stop, the stop takes no longer than it may', async () => {
    const [one, worker] = [await place.open(1_000), createWorker(() => new Promise<never>(() => undefined))];
    await one.queue.work(worker.handler);
    await one.queue.add('a', 0);
    await worker.hasBrought('a');
    await server.kill();
    expect(await timeOf(one.stop())).toBeLessThan(BOUND_MS);
    expect(place.lines.join('')).toContain('could not be given back in time');
  });

  it('loses a worker, another one has its calls within half a minute', async () => {
    const [dead, next] = [createWorker(() => new Promise<never>(() => undefined)), createWorker()];
    // With its one call it has all that it takes, as one that is dead.
    const [first, second] = [await place.open(1_000, 1), await place.open()];
    await first.queue.work(dead.handler);
    await first.queue.add('a', 0);
    await dead.hasBrought('a');
    await second.queue.work(next.handler);
    // As if its lock had run out: nobody renews it.
    await admin.del('breakwater:jobs:calls:a:lock');
    await eventually(() => next.hasBrought('a'), 25_000);
  }, 40_000);
});
