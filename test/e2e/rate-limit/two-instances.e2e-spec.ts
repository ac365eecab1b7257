import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ask, type Answer } from '../../support/ask.ts';
import type { TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { GuardedModule } from '../authentication/guarded.module.ts';
import { ADA, createGuardedApp } from '../authentication/known-callers.ts';

/** More than a busy machine needs on top of what a request may wait for Redis. */
const SOON_MS = 2_000;

describeWithRedis('two instances with a Redis', () => {
  let redis: TestRedis;
  let instances: TestApp[];

  beforeEach(async () => {
    redis = await startRedis();
    const env = { RATE_LIMIT: '1000/600', REDIS_URL: redis.url };
    const options = { imports: [GuardedModule], env };
    instances = [await createGuardedApp(options), await createGuardedApp(options)];
  });
  afterEach(async () => {
    await Promise.all(instances.map((instance) => instance.close()));
    await redis.stop();
  });

  /** How often the first instance has logged it. */
  const countLines = (text: string): number => instances[0]!.logLines.filter((line) => line.includes(text)).length;

  const get = (instance: number, token?: string): Promise<Answer> => {
    const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
    return ask(
      `${instances[instance]!.url}/api/v1/guarded${token === undefined ? '/open' : ''}`,
      headers && { headers },
    );
  };
  const leftOf = ({ headers }: Answer): number => Number(/;r=(\d+);/.exec(headers.get('ratelimit')!)![1]);
  const left = async (instance: number, token?: string): Promise<number> => leftOf(await get(instance, token));

  /** Both are connected, and count together. */
  const untilShared = (): Promise<void> => eventually(async () => expect((await left(0)) - (await left(1))).toBe(1));

  it('count together, callers and addresses apart', async () => {
    await untilShared();
    const before = await left(0);
    expect(await left(1)).toBe(before - 1);
    expect([await left(0, ADA), await left(1, ADA), await left(0)]).toEqual([999, 998, before - 2]);
  });

  it.each(['kill', 'pause'] as const)('count alone while Redis is away, and soon: %s', async (trouble) => {
    await untilShared();
    await redis[trouble]();
    const answers = [await get(0), await get(0), await get(0)];
    for (const { status, durationMs } of answers) expect([status, durationMs < SOON_MS]).toEqual([200, true]);
    await eventually(async () => {
      const [one, other] = [await left(0), await left(1)];
      expect(await left(0)).toBe(one - 1);
      expect(await left(1)).toBe(other - 1);
    });
    // One line for each time it went: a busy machine may have it gone for a moment before.
    expect(countLines('counts requests on its own') - countLines('counted for all instances together')).toBe(1);
    if (trouble === 'pause') redis.resume();
    else await redis.restart();
    await eventually(() => untilShared(), 10_000);
    expect(instances[0]!.logLines.join()).toContain('requests are counted for all instances together');
  });
});
