import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildWorld } from '../../test/support/background-rig.ts';
import { captureLog } from '../../test/support/captured-log.ts';
import { MeasuringMetrics } from '../../test/support/measuring.ts';
import type { CallRecord } from './call-record.ts';
import { CallRecords } from './call-records.ts';
import type { JobCounts, JobTotals } from './job-counts.ts';
import { JobMetrics } from './job-metrics.ts';
import { toNewCallRecord } from './new-call-record.ts';

const OPERATION = { breakwater_operation: 'test.do' };

describe('JobMetrics', () => {
  let world: ReturnType<typeof buildWorld>;
  let metrics: MeasuringMetrics;
  let records: CallRecords;
  let totals: JobTotals | undefined;
  beforeEach(() => {
    world = buildWorld();
    metrics = new MeasuringMetrics();
    records = new CallRecords(world.records, world.clock, captureLog().log);
    totals = undefined;
    new JobMetrics(metrics, { read: () => Promise.resolve(totals) } as JobCounts, records);
  });

  /** One call, from one state to the next. */
  const go = async (id: string, ...steps: Partial<CallRecord>[]): Promise<void> => {
    const call = { operation: 'test.do', input: {}, owner: null };
    await records.insert(toNewCallRecord(call, { id, now: world.clock.wallTime() }));
    for (const step of steps) {
      const stored = (await records.get(id))!;
      await records.change(stored, { ...stored.value, ...step });
    }
  };

  it('counts attempts, and calls by how they ended', async () => {
    await go('a', { state: 'running' }, { state: 'queued' }, { state: 'running' }, { state: 'succeeded' });
    await go('b', { state: 'running' }, { isCancelRequested: true }, { state: 'cancelled' });
    await go('c');
    expect(await metrics.values('breakwater_jobs_attempts_total')).toEqual([[OPERATION, 3]]);
    expect(await metrics.values('breakwater_jobs_finished_total')).toEqual([
      [{ ...OPERATION, breakwater_job_state: 'succeeded' }, 1],
      [{ ...OPERATION, breakwater_job_state: 'cancelled' }, 1],
    ]);
  });

  it('tells how many there are, and how long the oldest has been waiting', async () => {
    const counts = { queued: 3, running: 2, failed: 1, outcomeUnknown: 0 };
    totals = { ...counts, oldestDueAt: world.clock.wallTime() };
    await world.clock.advance(90_000);
    expect(await metrics.values('breakwater_jobs')).toEqual([
      [{ breakwater_job_state: 'queued' }, 3],
      [{ breakwater_job_state: 'running' }, 2],
      [{ breakwater_job_state: 'failed' }, 1],
      [{ breakwater_job_state: 'outcome_unknown' }, 0],
    ]);
    expect(await metrics.values('breakwater_jobs_oldest_age_seconds')).toEqual([[{}, 90]]);
    totals = { ...counts, oldestDueAt: null };
    expect(await metrics.values('breakwater_jobs_oldest_age_seconds')).toEqual([[{}, 0]]);
  });

  it('says nothing while the store does not answer, and the rest all the same', async () => {
    totals = { queued: 3, running: 2, failed: 1, outcomeUnknown: 0, oldestDueAt: null };
    expect(await metrics.values('breakwater_jobs')).toHaveLength(4);
    totals = undefined;
    await go('a', { state: 'running' });
    expect(await metrics.values('breakwater_jobs')).toEqual([]);
    expect(await metrics.values('breakwater_jobs_oldest_age_seconds')).toEqual([]);
    expect(await metrics.values('breakwater_jobs_attempts_total')).toEqual([[OPERATION, 1]]);
  });
});
