import { Injectable } from '@nestjs/common';
import type { CancelSignal } from '../platform/cancellation.ts';
import { Log } from '../platform/logging/log.ts';
import { CallCancelled, WorkerStopping } from './abort-reasons.ts';
import { Attempts } from './attempts.ts';
import type { Attempted } from './call-queue.ts';
import type { CallRecord } from './call-record.ts';
import { CallRecords } from './call-records.ts';
import { toNextStep, type NextStep } from './next-step.ts';
import { Operations } from './operations.ts';
import { persist } from './persist.ts';
import { toSettled, type Outcome } from './to-settled.ts';

const OVER: Attempted = { isOver: true };

const again = (againInMs: number): Attempted => ({ isOver: false, againInMs });

/** Half a minute: what came of an attempt is known to nobody else, and whether one was begun must not be left open. */
const TRIES = 30;

/** Attempts calls: begins what is due, has it made, keeps what came of it. The records decide, whatever the queue believes. */
@Injectable()
export class CallRunner {
  readonly #underWay = new Map<string, Promise<Attempted>>();

  constructor(
    private readonly records: CallRecords,
    private readonly operations: Operations,
    private readonly attempts: Attempts,
    private readonly log: Log,
  ) {}

  /**
   * One attempt, as `CallHandler` says. One that is under way here already is not begun again: who asks waits for that.
   * @throws what the records throw, when they do not answer for a while
   */
  attempt(callId: string, stopping: CancelSignal): Promise<Attempted> {
    const underWay = this.#underWay.get(callId);
    if (underWay) return underWay;
    const attempted = this.run(callId, stopping).finally(() => this.#underWay.delete(callId));
    this.#underWay.set(callId, attempted);
    return attempted;
  }

  /** Ends an attempt that is under way in this process. */
  cancel(callId: string): void {
    this.attempts.abort(callId, new CallCancelled());
  }

  private async run(callId: string, stopping: CancelSignal): Promise<Attempted> {
    if (stopping.aborted) return again(0);
    const running = this.attempts.open(callId);
    const stop = (): void => running.abort(new WorkerStopping());
    stopping.addEventListener('abort', stop);
    try {
      const step = await this.begin(callId, stopping);
      if (step.kind === 'wait') return again(step.againInMs);
      if (step.kind !== 'begin') return OVER;
      const outcome = await this.attempts.make(running, step.call, step.operation);
      return await this.keep(step.call, outcome, stopping);
    } finally {
      stopping.removeEventListener('abort', stop);
      this.attempts.close(callId);
    }
  }

  /** Decides what to do, and keeps that before it is done. */
  private begin(callId: string, stopping: CancelSignal): Promise<NextStep> {
    let tried: NextStep | undefined;
    return persist({ clock: this.records.clock, tries: TRIES, stopping }, async () => {
      for (;;) {
        const stored = await this.records.get(callId);
        if (!stored) return { kind: 'over' };
        // The store failed, but did what it was asked: the attempt is this one's.
        if (tried?.kind === 'begin' && isSameAttempt(stored.value, tried.call)) return tried;
        tried = this.decide(stored.value);
        if (tried.kind === 'over' || tried.kind === 'wait') return tried;
        if (await this.records.change(stored, tried.call)) return tried;
        tried = undefined;
      }
    });
  }

  private decide(call: CallRecord): NextStep {
    return toNextStep(call, this.operations.find(call.operation), this.records.clock.wallTime());
  }

  private async keep(attempt: CallRecord, outcome: Outcome, stopping: CancelSignal): Promise<Attempted> {
    const options = { clock: this.records.clock, tries: TRIES, stopping };
    try {
      return await persist(options, () => this.settle(attempt, outcome));
    } catch (error) {
      const { id: callId, operation } = attempt;
      this.log.error(
        { callId, operation, state: outcome.state, error },
        'What came of a background call could not be kept',
      );
      throw error;
    }
  }

  private async settle(attempt: CallRecord, outcome: Outcome): Promise<Attempted> {
    for (;;) {
      const stored = await this.records.get(attempt.id);
      const now = this.records.clock.wallTime();
      const settled = stored && toSettled(stored.value, { attempt, outcome, now });
      if (!stored) return OVER;
      // Kept already, if late; or somebody else's by now.
      if (!settled) return toAttempted(stored.value, now);
      if (await this.records.change(stored, settled)) return toAttempted(settled, now);
    }
  }
}

const isSameAttempt = (call: CallRecord, begun: CallRecord): boolean =>
  call.state === 'running' && call.startedAt === begun.startedAt && call.attempts === begun.attempts;

const toAttempted = ({ state, nextAttemptAt }: CallRecord, now: number): Attempted =>
  state === 'queued' ? again(Math.max(0, (nextAttemptAt ?? 0) - now)) : OVER;
