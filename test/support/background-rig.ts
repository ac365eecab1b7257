import { AttemptOutcomes } from '../../src/jobs/attempt-outcomes.ts';
import { AttemptSpans } from '../../src/jobs/attempt-spans.ts';
import { Attempts } from '../../src/jobs/attempts.ts';
import type { CallRecord } from '../../src/jobs/call-record.ts';
import { CallRecords } from '../../src/jobs/call-records.ts';
import { CallRunner } from '../../src/jobs/call-runner.ts';
import { CallSweep } from '../../src/jobs/call-sweep.ts';
import { CallWorker } from '../../src/jobs/call-worker.ts';
import { FailureDescriber } from '../../src/jobs/failure-describer.ts';
import { Operations, type DeclaredOperation } from '../../src/jobs/operations.ts';
import { RecordedCalls } from '../../src/jobs/recorded-calls.ts';
import { ProblemDescriber } from '../../src/inbound/problems/problem-describer.ts';
import { CallReceipts } from '../../src/outbound/index.ts';
import { NoTracing } from '../../src/platform/telemetry/no-tracing.ts';
import type { Records } from '../../src/platform/records/records.ts';
import { captureLog } from './captured-log.ts';
import { FakeClock } from './fake-clock.ts';
import { MemoryQueue } from './memory-queue.ts';
import { MemoryRecords } from './memory-records.ts';

class Anything {}

/** An operation for tests: `test.do` unless it is told otherwise. */
export const buildOperation = (operation: Partial<DeclaredOperation>): DeclaredOperation => ({
  name: 'test.do',
  input: Anything,
  access: [],
  run: () => Promise.resolve(undefined),
  ...operation,
});

class GivenOperations extends Operations {
  constructor(private readonly given: DeclaredOperation[]) {
    super();
  }

  find(name: string): DeclaredOperation | undefined {
    return this.given.find((operation) => operation.name === name);
  }

  all(): readonly DeclaredOperation[] {
    return this.given;
  }
}

class ProblemsOfRequests extends FailureDescriber {
  readonly describe = (error: unknown): ReturnType<FailureDescriber['describe']> =>
    new ProblemDescriber().describe(error);
}

interface World {
  readonly clock: FakeClock;
  readonly records: Records;
  readonly queue: MemoryQueue;
}

/** What all processes share. */
export const buildWorld = (): World => {
  const clock = new FakeClock();
  return { clock, records: new MemoryRecords(clock), queue: new MemoryQueue(clock) };
};

/** What one process has of background calls, on a clock that stands still. It does not work before `worker.start()`. */
export const buildBackground = (operations: DeclaredOperation[], { clock, records, queue }: World = buildWorld()) => {
  const { log, lines } = captureLog();
  const receipts = new CallReceipts();
  const calls = new CallRecords(records, clock, log);
  const declared = new GivenOperations(operations);
  const outcomes = new AttemptOutcomes(new ProblemsOfRequests(), clock, log);
  const attempts = new Attempts(clock, outcomes, receipts, new AttemptSpans(new NoTracing(), clock));
  const runner = new CallRunner(calls, declared, attempts, log);
  const sweep = new CallSweep(calls, queue, log);
  const background = new RecordedCalls(calls, queue, declared, log);
  const worker = new CallWorker(queue, runner, sweep);
  return { clock, records, queue, lines, receipts, calls, runner, sweep, background, worker };
};

export type Background = ReturnType<typeof buildBackground>;

/** A call of `test.do`, asked for by ourselves. */
export const submitOne = (background: Background, call: { delayMs?: number } = {}): Promise<CallRecord> =>
  background.background.submit({ operation: 'test.do', input: { a: 1 }, owner: null, ...call });
