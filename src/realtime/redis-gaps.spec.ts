import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { Ear, type HubsUnderTest } from '../../test/contracts/event-hub-under-test.ts';
import { openEventHubs } from '../../test/contracts/open-event-hubs.ts';
import { eventually } from '../../test/support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../test/support/start-redis.ts';

const KEY = 'breakwater:events:open';
const WITHIN_MS = 15_000;

describeWithRedis('what the hub reads of a stream', () => {
  let server: TestRedis;
  let hubs: HubsUnderTest;
  let ear: Ear;
  beforeEach(async () => {
    server = await startRedis();
    hubs = openEventHubs(server.url);
    ear = new Ear();
  });
  afterEach(async () => {
    await hubs.close();
    await server.stop();
  });

  const publish = (data: unknown): Promise<void> => hubs.one.publish('open', { type: 'n', data });
  const heard = (...expected: unknown[]): Promise<void> =>
    eventually(() => expect(ear.heard).toEqual(expected), WITHIN_MS);
  const listen = async (): Promise<void> => {
    hubs.one.listen('open', ear);
    await eventually(() => expect(ear.stands).toHaveLength(1));
  };

  const asAdmin = async (work: (admin: Redis) => Promise<unknown>): Promise<void> => {
    const admin = new Redis(server.url);
    await work(admin);
    admin.disconnect();
  };
  const add = (admin: Redis, data: unknown): Promise<unknown> =>
    admin.xadd(KEY, '*', 'type', 'n', 'data', JSON.stringify(data));
  const cutReader = (admin: Redis): Promise<unknown> => admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');

  it('goes on where it was when only the connection was lost', async () => {
    await listen();
    await publish(1);
    await heard(1);
    await asAdmin(async (admin) => {
      await cutReader(admin);
      await add(admin, 2);
      await add(admin, 3);
    });
    await heard(1, 2, 3);
    await eventually(() => publish(4).then(() => expect(ear.heard.at(-1)).toBe(4)));
    expect(ear.heard).not.toContain('reset');
  }, 20_000);

  it('tells of a gap when what it would go on with was trimmed meanwhile', async () => {
    await listen();
    await publish(1);
    await heard(1);
    await asAdmin(async (admin) => {
      await admin
        .multi()
        .call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
        .xadd(KEY, '*', 'type', 'n', 'data', '"missed"')
        .xadd(KEY, '*', 'type', 'n', 'data', '"kept"')
        .xtrim(KEY, 'MAXLEN', 1)
        .exec();
    });
    await heard(1, 'reset');
    await asAdmin((admin) => add(admin, 2));
    await heard(1, 'reset', 2);
  }, 20_000);

  it('tells of a gap when more came at once than is kept', async () => {
    await listen();
    await publish('before');
    await heard('before');
    await asAdmin(async (admin) => {
      const burst = admin.multi();
      for (let number = 0; number < 900; number += 1) burst.xadd(KEY, '*', 'type', 'n', 'data', String(number));
      await burst.xtrim(KEY, 'MAXLEN', 600).exec();
    });
    await heard('before', 'reset');
    // What can be told without a gap is.
    ear.heard.length = 0;
    await asAdmin(async (admin) => {
      const burst = admin.multi();
      for (let number = 0; number < 900; number += 1) burst.xadd(KEY, '*', 'type', 'n', 'data', String(number));
      await burst.exec();
    });
    await heard(...Array.from({ length: 900 }, (_, number) => number));
  }, 20_000);

  it('tells nobody of what is no event, and goes on', async () => {
    await listen();
    await asAdmin(async (admin) => {
      for (const fields of [
        ['a', 'b'],
        ['type', 'n'],
        ['type', 'n', 'data', '{'],
        ['type', 'n\nid: 7', 'data', '1'],
        ['type', 'n', 'data', '1', 'owner', 'ada'],
        ['type', 'n', 'data', `"${'x'.repeat(40_000)}"`],
        ['type', 'n', 'data', '{"a":\r\n\n1}'],
      ])
        await admin.xadd(KEY, '*', ...fields);
      await add(admin, 2);
    });
    await heard({ a: 1 }, 2);
    expect(ear.events[0]!.frame.toString()).toContain('data: {"a":1}\n\n');
  });
});
