import { Injectable } from '@nestjs/common';
import type { BatchObservableResult, Meter } from '@opentelemetry/api';
import { Metrics } from '../platform/telemetry/metrics.ts';
import { isFinished } from './call-record.ts';
import { CallRecords } from './call-records.ts';
import { JobCounts, type JobTotals } from './job-counts.ts';

/**
 * Measures background calls. How many there are is the same for all processes that share the store, and each of them tells it:
 * whoever adds it up takes the greatest, not the sum. What became of them is told by the process that saw to it.
 */
@Injectable()
export class JobMetrics {
  constructor(
    { isOn, meter }: Metrics,
    private readonly counts: JobCounts,
    private readonly records: CallRecords,
  ) {
    if (!isOn) return;
    this.count(meter);
    this.observe(meter);
  }

  private count(meter: Meter): void {
    const attempts = meter.createCounter('breakwater.jobs.attempts', {
      description: 'Attempts at background calls that this process began',
    });
    const finished = meter.createCounter('breakwater.jobs.finished', {
      description: 'Background calls that are over, by how they ended',
    });
    this.records.onChange((call) => {
      const operation = { 'breakwater.operation': call.operation };
      // One that is to be cancelled is told of once more while it runs.
      if (call.state === 'running' && !call.isCancelRequested) attempts.add(1, operation);
      else if (isFinished(call)) finished.add(1, { ...operation, 'breakwater.job.state': call.state });
    });
  }

  private observe(meter: Meter): void {
    const jobs = meter.createObservableGauge('breakwater.jobs', {
      description: 'Background calls of all processes that share the store: take the greatest, not the sum',
    });
    const oldest = meter.createObservableGauge('breakwater.jobs.oldest.age', {
      unit: 's',
      description: 'For how long the oldest background call that could be made is not: take the greatest, not the sum',
    });
    const observe = async (result: BatchObservableResult): Promise<void> => {
      const totals = await this.counts.read();
      if (totals === undefined) return;
      for (const [state, count] of toStates(totals)) result.observe(jobs, count, { 'breakwater.job.state': state });
      result.observe(oldest, this.toAgeS(totals));
    };
    meter.addBatchObservableCallback(observe, [jobs, oldest]);
  }

  private toAgeS({ oldestDueAt }: JobTotals): number {
    return oldestDueAt === null ? 0 : Math.max(0, this.records.clock.wallTime() - oldestDueAt) / 1_000;
  }
}

const toStates = ({ queued, running, failed, outcomeUnknown }: JobTotals): readonly (readonly [string, number])[] => [
  ['queued', queued],
  ['running', running],
  ['failed', failed],
  ['outcome_unknown', outcomeUnknown],
];
