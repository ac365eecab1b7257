import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Ear, type HubsUnderTest } from '../../test/contracts/event-hub-under-test.ts';
import { openEventHubs } from '../../test/contracts/open-event-hubs.ts';
import { eventually } from '../../test/support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../test/support/start-redis.ts';

const WITHIN_MS = 15_000;

describeWithRedis('when its Redis is away, the hub', () => {
  let server: TestRedis;
  let hubs: HubsUnderTest;
  let ear: Ear;
  beforeEach(async () => {
    server = await startRedis();
    hubs = openEventHubs(server.url);
    ear = new Ear();
  });
  afterEach(async () => {
    // One that is paused would be waited for.
    await server.stop();
    await hubs.close();
  });

  const publish = (data: unknown): Promise<void> => hubs.one.publish('open', { type: 'n', data });
  const heard = (...expected: unknown[]): Promise<void> =>
    eventually(() => expect(ear.heard).toEqual(expected), WITHIN_MS);
  const listen = async (): Promise<void> => {
    hubs.one.listen('open', ear);
    await eventually(() => expect(ear.stands).toHaveLength(1));
  };
  const logged = (message: string): number => hubs.logLines.filter((line) => line.includes(message)).length;

  it('drops what is published, logs it once, and tells of a gap when an empty one is there', async () => {
    await listen();
    await publish(1);
    await heard(1);
    await server.kill();
    const startedAt = performance.now();
    for (let count = 0; count < 50; count += 1) await publish('dropped');
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await eventually(() =>
      expect([logged('Redis cannot be read'), logged('live updates are dropped')]).toEqual([1, 1]),
    );
    await server.restart();
    await heard(1, 'reset');
    await eventually(() => expect(logged('Redis can be read again')).toBe(1));
    await eventually(() => publish(2).then(() => expect(ear.heard.at(-1)).toBe(2)), WITHIN_MS);
    expect([logged('Redis cannot be read'), logged('live updates are dropped')]).toEqual([1, 1]);
  }, 40_000);

  it('does not hold up who publishes while it hangs, however much that is', async () => {
    await listen();
    await publish(1);
    await heard(1);
    server.pause();
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 3_000 }, () => publish('hung')));
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(logged('some are dropped')).toBe(1);
    server.resume();
    await eventually(() => publish(2).then(() => expect(ear.heard.at(-1)).toBe(2)), WITHIN_MS);
    expect(ear.heard).not.toContain('reset');
  }, 40_000);

  it('lets those listen who came while it was away', async () => {
    await server.kill();
    hubs.one.listen('open', ear);
    const back = new Ear({ after: '1-1' });
    const stop = hubs.one.listen('open', new Ear());
    hubs.one.listen('open', back);
    stop();
    await publish('dropped');
    await server.restart();
    await eventually(() => expect([ear.stands.length, back.stands.length]).toEqual([1, 1]), WITHIN_MS);
    await publish(1);
    await heard(1);
    expect(back.heard).toEqual(['reset', 1]);
  }, 40_000);

  it('reads topics that are declared late', async () => {
    await listen();
    const late = { name: 'late', description: 'Late', access: 'public' as const };
    for (const hub of [hubs.one, hubs.other]) hub.declare(late);
    const second = new Ear();
    hubs.one.listen('late', second);
    await eventually(() => expect(second.stands).toHaveLength(1), WITHIN_MS);
    await hubs.other.publish('late', { type: 'n', data: 1 });
    await eventually(() => expect(second.heard).toEqual([1]));
  }, 20_000);
});
