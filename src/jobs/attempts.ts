import { Injectable } from '@nestjs/common';
import { CallReceipts } from '../outbound/index.ts';
import { Clock } from '../platform/clock.ts';
import { AttemptOutcomes } from './attempt-outcomes.ts';
import { AttemptSpans } from './attempt-spans.ts';
import type { CallRecord } from './call-record.ts';
import type { DeclaredOperation } from './operations.ts';
import { RunningCall } from './running-call.ts';
import type { Outcome } from './to-settled.ts';

/** The attempts under way in this process. */
@Injectable()
export class Attempts {
  readonly #running = new Map<string, RunningCall>();

  constructor(
    private readonly clock: Clock,
    private readonly outcomes: AttemptOutcomes,
    receipts: CallReceipts,
    private readonly spans: AttemptSpans,
  ) {
    // Callers choose ids of their requests: one may be that of a call.
    receipts.listen((receipt) => {
      if (receipt.isBackground) this.#running.get(receipt.requestId ?? '')?.sent.note(receipt);
    });
  }

  /** From now on it can be aborted, and until `end`. */
  open(callId: string): RunningCall {
    const running = new RunningCall(callId, this.clock, this.spans.sample);
    this.#running.set(callId, running);
    return running;
  }

  close(callId: string): void {
    this.#running.delete(callId);
  }

  abort(callId: string, reason: Error): void {
    this.#running.get(callId)?.abort(reason);
  }

  /** Calls the operation's method. Never throws. */
  async make(running: RunningCall, call: CallRecord, operation: DeclaredOperation): Promise<Outcome> {
    const startedAt = this.clock.now();
    const outcome = await this.run(running, call, operation);
    this.spans.record(running.context, { call, outcome, startedAt });
    return outcome;
  }

  private async run(running: RunningCall, call: CallRecord, operation: DeclaredOperation): Promise<Outcome> {
    const { id: callId, attempts: attempt, owner } = call;
    const signal = running.context.cancellation;
    try {
      const facts = { callId, attempt, owner: owner ?? undefined, signal };
      return this.outcomes.ofResult(call, await running.run(() => operation.run(call.input, facts)));
    } catch (error) {
      return this.outcomes.ofFailure({ call, operation, running, error });
    }
  }
}
