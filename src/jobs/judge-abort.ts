import { UpstreamError } from '../outbound/index.ts';
import { AttemptTooLong, CallCancelled } from './abort-reasons.ts';
import { judgeFailure, type Circumstances } from './judge-failure.ts';

/** What follows from an attempt that was aborted. `return`: it counts for nothing, and is made again at once. */
export type AbortVerdict = 'cancelled' | 'outcome_unknown' | 'again' | 'return' | 'failed';

interface Aborted extends Circumstances {
  readonly reason: Error;
  /** Its method was called. */
  readonly hasBegun: boolean;
}

/** Judges what a method failed with that was told to end: most often with the reason it was given. */
export const judgeAbort = (error: unknown, { reason, hasBegun, ...circumstances }: Aborted): AbortVerdict => {
  const verdict = judgeFailure(error, circumstances).kind;
  // It had come to its end by itself.
  if (hasBegun && verdict === 'failed') return 'failed';
  const isUndone = circumstances.effects === 'none' || (error instanceof UpstreamError && isCertain(error, verdict));
  const mayBeDone = hasBegun && !isUndone;
  // What may be repeated is not harmless for that: who cancels has to know that it may have been done.
  if (mayBeDone && (circumstances.repeatable === 'never' || reason instanceof CallCancelled)) return 'outcome_unknown';
  if (reason instanceof CallCancelled) return 'cancelled';
  return reason instanceof AttemptTooLong ? 'again' : 'return';
};

const isCertain = ({ sent }: UpstreamError, verdict: string): boolean => !sent || verdict === 'put_off';
