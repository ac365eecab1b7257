import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildWorld } from '../../test/support/background-rig.ts';
import { captureLog } from '../../test/support/captured-log.ts';
import type { FakeClock } from '../../test/support/fake-clock.ts';
import type { EmbeddedDatabase } from '../platform/embedded/embedded-database.ts';
import { RecordsUnavailable, type Records } from '../platform/records/records.ts';
import type { RedisConnections } from '../platform/redis/redis-connections.ts';
import type { CallRecord } from './call-record.ts';
import { CallRecords } from './call-records.ts';
import { JobCounts } from './job-counts.ts';
import { toNewCallRecord } from './new-call-record.ts';

const NEVER = new Promise<never>(() => undefined);

describe('JobCounts', () => {
  let clock: FakeClock;
  let records: Records;
  let isOpen: boolean;
  beforeEach(() => {
    ({ clock, records } = buildWorld());
    isOpen = true;
  });

  const keep = async (...calls: Partial<CallRecord>[]): Promise<void> => {
    const store = new CallRecords(records, clock, captureLog().log);
    for (const call of calls) {
      const anew = { operation: 'test.do', input: {}, owner: null };
      const record = toNewCallRecord(anew, { id: randomUUID(), now: clock.wallTime() });
      await store.insert({ ...record, ...call });
    }
  };

  const open = ({ isConfigured = false } = {}): JobCounts => {
    const embedded = {
      get isOpen() {
        return isOpen;
      },
    } as EmbeddedDatabase;
    const calls = new CallRecords(records, clock, captureLog().log);
    return new JobCounts(calls, { isConfigured } as RedisConnections, embedded);
  };

  it('counts by state', async () => {
    await keep({}, {}, { state: 'running' }, { state: 'succeeded' }, { state: 'failed' });
    await keep({ state: 'outcome_unknown' }, { state: 'outcome_unknown' });
    const totals = await open().read();
    expect(totals).toMatchObject({ queued: 2, running: 1, failed: 1, outcomeUnknown: 2 });
  });

  it('asks no store that this process has not opened, but one that is shared', async () => {
    isOpen = false;
    expect(await open().read()).toBeUndefined();
    expect(await open({ isConfigured: true }).read()).toMatchObject({ queued: 0, oldestDueAt: null });
  });

  it.each<[string, Partial<CallRecord>, number | null]>([
    ['never tried', {}, 0],
    ['to be made later', { nextAttemptAt: 90_000, dueAt: 90_000 }, null],
    ['to be made by now', { nextAttemptAt: 59_000, dueAt: 59_000 }, 59_000],
    ['given back by a worker', { startedAt: 50_000 }, 50_000],
    ['made once more', { startedAt: 1_000, dueAt: 40_000 }, 40_000],
    ['under way', { state: 'running', startedAt: 1_000 }, null],
  ])('tells since when the oldest is due: %s', async (_what, call, dueAt) => {
    const began = clock.wallTime();
    const later = (ms: number | null | undefined) => (typeof ms === 'number' ? began + ms : ms);
    const { startedAt, nextAttemptAt, dueAt: at, ...rest } = call;
    const times = { startedAt: later(startedAt) ?? null, nextAttemptAt: later(nextAttemptAt) ?? null };
    await keep({ ...rest, ...times, ...(at !== undefined && { dueAt: began + at }) });
    await clock.advance(60_000);
    expect((await open().read())?.oldestDueAt).toBe(dueAt === null ? null : began + dueAt);
  });

  it('finds one that is ready behind any number that wait for their next attempt', async () => {
    const began = clock.wallTime();
    for (let n = 0; n < 50; n += 1) await keep({ nextAttemptAt: began + 3_600_000 });
    await clock.advance(1_000);
    await keep({});
    await clock.advance(60_000);
    expect((await open().read())?.oldestDueAt).toBe(began + 1_000);
  });

  it('asks once in 5 s, however many look', async () => {
    const counts = open();
    await Promise.all([counts.read(), counts.read()]);
    await keep({});
    expect(await counts.read()).toMatchObject({ queued: 0 });
    await clock.advance(5_000);
    expect(await counts.read()).toMatchObject({ queued: 1 });
    expect(clock.pending).toBe(0);
  });

  it('waits a second for a store that hangs, and leaves no timer behind', async () => {
    const before = clock.pending;
    const counts = open();
    records.count = () => NEVER;
    const read = counts.read();
    await clock.advance(1_000);
    expect(await read).toBeUndefined();
    expect(clock.pending).toBe(before);
  });

  it('takes a store that is away for nothing, and does not ask it again at once', async () => {
    let asked = 0;
    records.count = () => {
      asked += 1;
      return Promise.reject(new RecordsUnavailable());
    };
    const counts = open();
    expect([await counts.read(), await counts.read()]).toEqual([undefined, undefined]);
    expect(asked).toBe(4);
  });
});
