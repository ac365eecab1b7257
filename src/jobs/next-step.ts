import { KILLS_WORKERS, noSuchOperation, OUTCOME_UNKNOWN } from './call-problems.ts';
import { isFinished, type CallRecord } from './call-record.ts';
import type { DeclaredOperation } from './operations.ts';
import { toFinished, type Ending } from './to-settled.ts';

/** What a worker does that has been given a call. */
export type NextStep =
  | { readonly kind: 'over' }
  | { readonly kind: 'wait'; readonly againInMs: number }
  | { readonly kind: 'end'; readonly call: CallRecord }
  | { readonly kind: 'begin'; readonly call: CallRecord; readonly operation: DeclaredOperation };

/** A call that takes its worker with it must not take all of them with it for ever. */
const MOST_DEATHS = 20;

export const isOnce = ({ repeatable = 'never' }: Pick<DeclaredOperation, 'repeatable'>): boolean =>
  repeatable === 'never';

/** Decides by what is kept of the call. One that is `running` was left so by a worker that died, or that was taken for dead. */
export const toNextStep = (call: CallRecord, operation: DeclaredOperation | undefined, now: number): NextStep => {
  if (isFinished(call)) return { kind: 'over' };
  const end = (ending: Ending): NextStep => ({ kind: 'end', call: toFinished(call, ending, now) });
  const mayBeDone = call.isSending || (call.state === 'running' && call.isCancelRequested);
  if (mayBeDone && (!operation || isOnce(operation) || call.isCancelRequested))
    return end({ state: 'outcome_unknown', problem: OUTCOME_UNKNOWN });
  if (call.isCancelRequested) return end({ state: 'cancelled' });
  if (!operation) return end({ state: 'failed', problem: noSuchOperation(call.operation) });
  if (call.state === 'running') {
    const deaths = (call.deaths ?? 0) + 1;
    if (deaths > MOST_DEATHS) return end({ state: 'failed', problem: KILLS_WORKERS });
    return { kind: 'begin', call: toBegun({ ...call, deaths }, operation, now), operation };
  }
  const againInMs = (call.nextAttemptAt ?? 0) - now;
  if (againInMs > 0) return { kind: 'wait', againInMs };
  return { kind: 'begin', call: toBegun({ ...call, attempts: call.attempts + 1 }, operation, now), operation };
};

const toBegun = (call: CallRecord, operation: DeclaredOperation, now: number): CallRecord => ({
  ...call,
  state: 'running',
  startedAt: now,
  nextAttemptAt: null,
  isSending: isOnce(operation),
});
