import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Log } from '../platform/logging/log.ts';
import { OUTCOME_UNKNOWN, TOOK_TOO_LONG } from './call-problems.ts';
import type { CallRecord } from './call-record.ts';
import { FailureDescriber } from './failure-describer.ts';
import { judgeAbort } from './judge-abort.ts';
import { judgeFailure, type Circumstances } from './judge-failure.ts';
import type { DeclaredOperation } from './operations.ts';
import type { RunningCall } from './running-call.ts';
import { toNextAttempt, toPutOff } from './to-another-attempt.ts';
import { toKeptResult } from './to-kept-result.ts';
import type { Outcome } from './to-settled.ts';

/** An attempt whose method threw. */
interface Failed {
  readonly call: CallRecord;
  readonly operation: DeclaredOperation;
  readonly running: RunningCall;
  readonly error: unknown;
}

/** What came of an attempt, by what its method returned or threw. */
@Injectable()
export class AttemptOutcomes {
  constructor(
    private readonly describer: FailureDescriber,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** It was done, whatever we can keep of it. */
  ofResult({ id: callId, operation }: CallRecord, result: unknown): Outcome {
    try {
      return { state: 'succeeded', ...toKeptResult(result) };
    } catch (error) {
      this.log.error({ callId, operation, error }, 'The result of a background call could not be kept');
      return { state: 'succeeded', result: null };
    }
  }

  ofFailure(failed: Failed): Outcome {
    const { operation, running, error } = failed;
    const effects = running.sent.judge(error, running.context.upstreamTime.calls);
    const circumstances = { repeatable: operation.repeatable ?? 'never', effects } as const;
    const reason = running.abortReason;
    return reason ? this.ofAbort(failed, reason, circumstances) : this.ofError(failed, circumstances);
  }

  private ofError({ call, operation, error }: Failed, circumstances: Circumstances): Outcome {
    const verdict = judgeFailure(error, circumstances);
    const problem = this.describer.describe(error);
    if (problem.code === 'internal') this.noteBug(call, error);
    switch (verdict.kind) {
      case 'again':
        return toNextAttempt({ call, operation, problem });
      case 'put_off':
        return toPutOff({ call, operation, problem }, { askedMs: verdict.askedMs, now: this.clock.wallTime() });
      case 'outcome_unknown':
        return { state: 'outcome_unknown', problem };
      case 'failed':
      case 'internal':
        return { state: 'failed', problem };
    }
  }

  private ofAbort({ call, operation, running, error }: Failed, reason: Error, circumstances: Circumstances): Outcome {
    const verdict = judgeAbort(error, { ...circumstances, reason, hasBegun: running.hasBegun });
    switch (verdict) {
      case 'failed':
        return { state: 'failed', problem: this.describer.describe(error) };
      case 'outcome_unknown':
        return { state: 'outcome_unknown', problem: OUTCOME_UNKNOWN };
      case 'again':
        return toNextAttempt({ call, operation, problem: TOOK_TOO_LONG });
      case 'return':
        return { state: 'queued', againInMs: 0, isCounted: false };
      case 'cancelled':
        return { state: 'cancelled' };
    }
  }

  private noteBug({ id: callId, operation }: CallRecord, error: unknown): void {
    this.log.error({ callId, operation, error }, 'A background call failed for a reason nobody foresaw');
  }
}
