import { Injectable } from '@nestjs/common';
import { BackgroundCalls } from '../../jobs/background-calls.ts';
import type { CallRecord } from '../../jobs/call-record.ts';
import { JobCounts, type JobTotals } from '../../jobs/job-counts.ts';
import { Clock } from '../../platform/clock.ts';
import { listDeadLetters } from '../dead-letters.ts';
import type { DeadLetter, JobsState } from './page/snapshot.ts';

/** The store is asked no more often. */
const ASK_EVERY_MS = 5_000;

const MAX_LETTERS = 20;

export interface WorkState {
  /** Null when the store cannot be asked, or is not open. */
  readonly jobs: JobsState | null;
  readonly deadLetters: readonly DeadLetter[];
}

const NOTHING: WorkState = { jobs: null, deadLetters: [] };

/** How background calls do, as it was a few seconds ago. Nobody waits for the store, and nobody opens it for this. */
@Injectable()
export class BackgroundWork {
  #known = NOTHING;
  #askedAt = -Infinity;
  #isAsking = false;

  constructor(
    private readonly counts: JobCounts,
    private readonly calls: BackgroundCalls,
    private readonly clock: Clock,
  ) {}

  /** What is known; asks for the next time when that is old. */
  read(): WorkState {
    if (!this.#isAsking && this.clock.now() - this.#askedAt >= ASK_EVERY_MS) void this.ask();
    return this.#known;
  }

  private async ask(): Promise<void> {
    this.#isAsking = true;
    this.#askedAt = this.clock.now();
    // Whoever cannot be asked tells nothing: the page says so.
    this.#known = await this.learn().catch(() => NOTHING);
    this.#isAsking = false;
  }

  private async learn(): Promise<WorkState> {
    const totals = await this.counts.read();
    if (totals === undefined) return NOTHING;
    const hasLetters = totals.failed + totals.outcomeUnknown > 0;
    const { items } = hasLetters ? await listDeadLetters(this.calls, { limit: MAX_LETTERS }) : { items: [] };
    return { jobs: toJobs(totals, this.clock.wallTime()), deadLetters: items.map(({ value }) => toLetter(value)) };
  }
}

const toJobs = ({ oldestDueAt, ...totals }: JobTotals, now: number): JobsState => ({
  ...totals,
  oldestDueS: oldestDueAt === null ? null : Math.max(0, Math.round((now - oldestDueAt) / 1_000)),
});

const toLetter = ({ id, operation, state, finishedAt, attempts, problem }: CallRecord): DeadLetter => ({
  id,
  operation,
  state: state === 'failed' ? 'failed' : 'outcome_unknown',
  finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
  attempts,
  problem: problem ? `${problem.code}: ${problem.detail.slice(0, 300)}` : null,
});
