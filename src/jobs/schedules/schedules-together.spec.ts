import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { captureLog, type CapturedLog } from '../../../test/support/captured-log.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { openVault, type VaultInstance } from '../../../test/support/open-vault.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../test/support/start-redis.ts';
import { SystemClock } from '../../platform/clock.ts';
import { NoTracing } from '../../platform/telemetry/no-tracing.ts';
import { MemoryVault } from '../../platform/vault/memory-vault.ts';
import { VaultUnavailable } from '../../platform/vault/vault.ts';
import type { Schedule } from './read-schedules.ts';
import { ScheduledRuns } from './scheduled-runs.ts';
import { toSlots, type Slots } from './slots.ts';

let captured: CapturedLog;
let ran: number;
beforeEach(() => {
  [captured, ran] = [captureLog(), 0];
});

const every = (everyMs: number): Schedule => ({
  name: 'report',
  slots: toSlots({ name: 'report', everyMs }) as Slots,
  maxRunMs: 60_000,
  run: () => Promise.resolve((ran += 1)),
});

describe('a schedule, while the store is away', () => {
  it.each([
    ['runs late when it comes back before the next moment', 30_000, 1],
    ['leaves the moment out when it does not', 90_000, 0],
  ])('%s', async (_what, awayMs, runs) => {
    const clock = new FakeClock();
    const vault = new MemoryVault(clock);
    const tryLease = vault.tryLease.bind(vault);
    vault.tryLease = (...args) =>
      clock.now() < 60_000 + awayMs ? Promise.reject(new VaultUnavailable()) : tryLease(...args);
    const controller = new AbortController();
    const ended = new ScheduledRuns(vault, clock, captured.log, new NoTracing()).follow(
      every(60_000),
      controller.signal,
    );
    await elapse(clock, 119_000);
    expect(ran).toBe(runs);
    controller.abort(new Error('the process stops'));
    await elapse(clock, 3_000);
    await ended;
    expect(clock.pending).toBe(0);
  });
});

describeWithRedis('a schedule that two instances behind one Redis have', () => {
  let server: TestRedis;
  let instances: VaultInstance[];
  beforeAll(async () => {
    server = await startRedis();
    instances = await Promise.all([1, 2].map(() => openVault(server.url)));
    await Promise.all(instances.map((instance) => instance.connected()));
  });
  afterAll(async () => {
    await Promise.all(instances.map((instance) => instance.close()));
    await server.stop();
  });

  it('runs once at each moment', async () => {
    const controller = new AbortController();
    const ended = instances.map(({ vault }) =>
      new ScheduledRuns(vault, new SystemClock(), captured.log, new NoTracing()).follow(
        every(1_000),
        controller.signal,
      ),
    );
    await eventually(() => expect(ran).toBeGreaterThanOrEqual(3), 12_000);
    controller.abort(new Error('the process stops'));
    await Promise.all(ended);
    const told = captured.lines.map((line) => JSON.parse(line) as { slot: string; msg: string });
    const slots = told.filter(({ msg }) => msg === 'A scheduled run is over').map(({ slot }) => slot);
    expect([slots.length, new Set(slots).size]).toEqual([ran, ran]);
  });
});
