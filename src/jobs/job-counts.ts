import { Injectable } from '@nestjs/common';
import { EmbeddedDatabase } from '../platform/embedded/embedded-database.ts';
import { RedisConnections } from '../platform/redis/redis-connections.ts';
import { READY, toListName } from './call-lists.ts';
import type { CallRecord, CallState } from './call-record.ts';
import { CallRecords } from './call-records.ts';

/** Background calls of all processes that share the store. */
export interface JobTotals {
  readonly queued: number;
  readonly running: number;
  readonly failed: number;
  readonly outcomeUnknown: number;
  /** Since when the one that could be made longest is not, in ms since 1970; null when none waits for a worker. */
  readonly oldestDueAt: number | null;
}

/** How long what was read is good, in ms. */
const GOOD_FOR_MS = 5_000;

/** How long anybody waits for it, in ms. */
const PATIENCE_MS = 1_000;

/** Of the oldest: few of those that are ready have been put off before, more of the others still are. */
const READY_READ = 10;
const QUEUED_READ = 20;

/** Counts background calls: for metrics, and for whoever looks. */
@Injectable()
export class JobCounts {
  #reading: Promise<JobTotals | undefined> | undefined;
  #last: JobTotals | undefined;
  #goodUntil = -Infinity;

  constructor(
    private readonly records: CallRecords,
    private readonly connections: RedisConnections,
    private readonly embedded: EmbeddedDatabase,
  ) {}

  /**
   * Asks the store every 5 s at most, and waits a second for it. Undefined when it does not answer, and while this process has
   * not opened the embedded store: it is never opened for this.
   */
  async read(): Promise<JobTotals | undefined> {
    const { clock } = this.records;
    if (!this.connections.isConfigured && !this.embedded.isOpen) return undefined;
    if (clock.now() < this.#goodUntil) return this.#last;
    this.#reading ??= this.ask().finally(() => (this.#reading = undefined));
    const { promise: tooLate, resolve } = Promise.withResolvers<undefined>();
    const cancel = clock.schedule(() => resolve(undefined), PATIENCE_MS);
    return Promise.race([this.#reading, tooLate]).finally(cancel);
  }

  /** A failure stands for as long as an answer: a store that is away is not to be asked by each who looks. */
  private async ask(): Promise<JobTotals | undefined> {
    this.#last = await this.count().catch(() => undefined);
    this.#goodUntil = this.records.clock.now() + GOOD_FOR_MS;
    return this.#last;
  }

  private async count(): Promise<JobTotals> {
    const countOf = (state: CallState): Promise<number> => this.records.count(toListName({ state }));
    const [queued, running, failed, outcomeUnknown, oldestDueAt] = await Promise.all([
      countOf('queued'),
      countOf('running'),
      countOf('failed'),
      countOf('outcome_unknown'),
      this.findOldestDue(),
    ]);
    return { queued, running, failed, outcomeUnknown, oldestDueAt };
  }

  /** Among the oldest of those that are ready, and of those that wait: some of these are to wait longer still. */
  private async findOldestDue(): Promise<number | null> {
    const [ready, queued] = await Promise.all([
      this.records.oldest(READY, READY_READ),
      this.records.oldest(toListName({ state: 'queued' }), QUEUED_READ),
    ]);
    const now = this.records.clock.wallTime();
    const dueAt = Math.min(...[...ready, ...queued].map(toDueAt));
    return dueAt <= now ? dueAt : null;
  }
}

/** One that was given back by a worker has been waiting since its latest attempt at most. */
const toDueAt = ({ createdAt, dueAt, startedAt, nextAttemptAt }: CallRecord): number =>
  Math.max(createdAt, dueAt ?? 0, startedAt ?? 0, nextAttemptAt ?? 0);
