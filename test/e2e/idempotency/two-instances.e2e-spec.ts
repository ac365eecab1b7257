import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { problemOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { openLedger, type KeptLedger } from './kept-ledger.ts';

describeWithRedis('two instances with a Redis', () => {
  let redis: TestRedis;
  let instances: [KeptLedger, KeptLedger];
  beforeEach(async () => {
    redis = await startRedis();
    instances = [await openLedger({ REDIS_URL: redis.url }), await openLedger({ REDIS_URL: redis.url })];
  }, 60_000);
  afterEach(async () => {
    await Promise.all(instances.map((instance) => instance.close()));
    await redis.stop();
  }, 60_000);

  const written = () => instances[0].ledger.written + instances[1].ledger.written;

  it('carry out one of fifty equal requests, and both know its answer', async () => {
    const gate = Promise.withResolvers<object>();
    for (const { ledger } of instances) ledger.work = () => gate.promise;
    let refused = 0;
    const asking = Array.from({ length: 50 }, async (_, at) => {
      const answer = await instances[at % 2]!.send('k');
      if (answer.status === 409 && (refused += 1) === 49) gate.resolve({ done: true });
      return answer;
    });
    expect((await Promise.all(asking)).filter(({ status }) => status === 201)).toHaveLength(1);
    expect([written(), refused]).toEqual([1, 49]);
    for (const { send } of instances) expect((await send('k')).text).toBe('{"done":true}');
    expect(written()).toBe(1);
  });

  it('carry out nothing with a key while it is gone, and go on when it is back', async () => {
    await redis.kill();
    for (const { send } of instances)
      expect(problemOf(await send('k'))).toMatchObject({ status: 503, code: 'unavailable' });
    expect(written()).toBe(0);
    await redis.restart();
    await eventually(async () => expect((await instances[0].send('l')).status).toBe(201), 30_000);
    expect((await instances[1].send('l')).headers.get('idempotency-replayed')).toBe('true');
  }, 60_000);
});
