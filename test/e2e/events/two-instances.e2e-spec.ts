import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { toOwnerKey } from '../../../src/platform/context/owner-key.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { ADA, callerOf } from '../authentication/known-callers.ts';
import { createListeningApp, type ListeningApp } from './listening-app.ts';

describeWithRedis('two instances on one Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  let one: ListeningApp;
  let other: ListeningApp;
  beforeEach(async () => {
    one = await createListeningApp({ env: { REDIS_URL: redis.url } });
    other = await createListeningApp({ env: { REDIS_URL: redis.url } });
  });
  afterEach(() => Promise.all([one.close(), other.close()]));

  it('deliver to each other’s listeners, in one order', async () => {
    const sources = [one.source('probe-public'), other.source('probe-public')];
    for (const source of sources) await source.connect();
    for (const source of sources) await eventually(() => expect(source.parser.lastEventId).not.toBe(''));
    await Promise.all(
      Array.from({ length: 100 }, (_, number) => (number % 2 ? one : other).publish('probe-public', number)),
    );
    for (const source of sources) await eventually(() => expect(source.events).toHaveLength(100));
    expect(sources[1]!.events).toEqual(sources[0]!.events);
  });

  it('go on where the other was', async () => {
    const first = await one.source('probe-public').connect();
    await eventually(() => expect(first.parser.lastEventId).not.toBe(''));
    await one.publish('probe-public', 1);
    await eventually(() => expect(first.dataOf()).toEqual([1]));
    await first.drop();
    await one.publish('probe-public', 2);
    const second = await other.source('probe-public', { lastEventId: first.parser.lastEventId }).connect();
    await other.publish('probe-public', 3);
    await eventually(() => expect(second.dataOf()).toEqual([2, 3]));
  });

  it('tell a caller of its own, wherever it is published', async () => {
    const source = await one.source('probe-owned', { token: ADA }).connect();
    await eventually(() => expect(source.parser.lastEventId).not.toBe(''));
    await other.publish('probe-owned', 'for bob', toOwnerKey(callerOf('bob')));
    await other.publish('probe-owned', 'for ada', toOwnerKey(callerOf('ada')));
    await eventually(() => expect(source.dataOf()).toEqual(['for ada']));
  });

  it('stop at once, one after the other, with listeners', async () => {
    const source = await one.source('probe-public').connect();
    await eventually(() => expect(source.parser.lastEventId).not.toBe(''));
    const startedAt = performance.now();
    await one.close();
    await source.closed();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
