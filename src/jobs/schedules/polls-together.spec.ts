import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { captureLog } from '../../../test/support/captured-log.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { openVault } from '../../../test/support/open-vault.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../test/support/start-redis.ts';
import { SystemClock } from '../../platform/clock.ts';
import { NoTracing } from '../../platform/telemetry/no-tracing.ts';
import { MemoryVault } from '../../platform/vault/memory-vault.ts';
import { VaultUnavailable, type Vault } from '../../platform/vault/vault.ts';
import { Polls } from './polls.ts';

const { log } = captureLog();
/** Who polled, in order. */
let polled: string[];
beforeEach(() => {
  polled = [];
});

const start = (polls: Polls, who: string, intervalMs = 1_000): (() => void) =>
  polls.start({
    name: 'board',
    intervalMs,
    maxIntervalMs: intervalMs,
    poll: () => {
      polled.push(who);
      return Promise.resolve('changed');
    },
  });
const since = async (act: () => unknown): Promise<string[]> => {
  polled = [];
  await act();
  return [...new Set(polled)];
};

describe('a poll that several have started', () => {
  let clock: FakeClock;
  let vault: Vault;
  let one: Polls;
  let other: Polls;
  beforeEach(() => {
    clock = new FakeClock();
    vault = new MemoryVault(clock);
    const open = (): Polls => new Polls(vault, clock, log, new NoTracing());
    [one, other] = [open(), open()];
  });

  it('is made by one of them', async () => {
    start(one, 'one');
    start(other, 'other');
    expect(await since(() => elapse(clock, 120_000))).toEqual(['one']);
    expect(polled.length).toBeGreaterThan(100);
  });

  it.each<[string, (stop: () => void) => unknown]>([
    ['stops', (stop) => stop()],
    ['is shut down', () => one.beforeApplicationShutdown()],
  ])('is gone on with by another, within seconds, when that one %s', async (_what, end) => {
    const stop = start(one, 'one');
    start(other, 'other');
    await elapse(clock, 10_000);
    await end(stop);
    await settled();
    expect(await since(() => clock.advance(2_500))).toEqual(['other']);
  });

  it('stops when somebody else has taken it over meanwhile', async () => {
    start(one, 'one');
    await elapse(clock, 10_000);
    await vault.put({ purpose: 'holding', secret: 'poll board' }, 'somebody else', 60_000);
    await clock.advance(3_000);
    expect(await since(() => clock.advance(20_000))).toEqual([]);
    expect(await since(() => clock.advance(60_000))).toEqual(['one']);
  });

  it('goes on while the store is away for a moment, and waits for it when that is longer', async () => {
    start(one, 'one');
    await elapse(clock, 10_000);
    const { get } = vault;
    vault.get = () => Promise.reject(new VaultUnavailable());
    expect(await since(() => clock.advance(4_000))).toEqual(['one']);
    await clock.advance(10_000);
    expect(await since(() => clock.advance(60_000))).toEqual([]);
    vault.get = get;
    expect(await since(() => clock.advance(5_000))).toEqual(['one']);
  });

  it('is made for each name by itself', async () => {
    start(one, 'one');
    other.start({
      ...{ name: 'another', intervalMs: 1_000, maxIntervalMs: 1_000 },
      poll: () => (polled.push('other'), Promise.resolve('changed')),
    });
    expect((await since(() => elapse(clock, 10_000))).sort()).toEqual(['one', 'other']);
  });
});

describeWithRedis('a poll that two instances behind one Redis have started', () => {
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

  const open = async () => {
    const instance = await openVault(server.url);
    await instance.connected();
    return { instance, polls: new Polls(instance.vault, new SystemClock(), log, new NoTracing()) };
  };

  it('is made by one of them, and by the other when that one is gone without a word', async () => {
    const [one, other] = [await open(), await open()];
    start(one.polls, 'one', 100);
    await eventually(() => expect(polled).toContain('one'));
    start(other.polls, 'other', 100);
    expect(await since(() => eventually(() => expect(polled.length).toBeGreaterThan(5)))).toEqual(['one']);
    // It cannot renew it any more, nor give it back: as good as dead.
    await one.instance.close();
    await eventually(() => expect(polled).toContain('other'), 14_000);
    await other.polls.beforeApplicationShutdown();
    await one.polls.beforeApplicationShutdown();
    await other.instance.close();
    expect((await admin.keys('*')).filter((key) => key.includes('holding'))).toEqual([]);
  }, 30_000);
});
