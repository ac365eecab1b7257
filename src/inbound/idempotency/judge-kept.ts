import { IdempotencyRefusal } from './idempotency-refusal.ts';
import type { KeptRequest } from './kept-request.ts';
import type { StoredAnswer } from './stored-answer.ts';

/** Most writes take less. */
const RETRY_AFTER_MS = 1_000;

interface Repetition {
  readonly fingerprint: string;
  readonly mayRepeat: boolean;
  /** In ms since 1970. */
  readonly now: number;
}

/** A request like an earlier one is being worked on, or has just been begun. */
export const inFlight = (): IdempotencyRefusal => new IdempotencyRefusal('idempotency_in_flight', RETRY_AFTER_MS);

/**
 * What a request with a known key gets: the answer of the first one; undefined when it is to be carried out.
 * @throws IdempotencyRefusal
 */
export const judgeKept = (kept: KeptRequest, { fingerprint, mayRepeat, now }: Repetition): StoredAnswer | undefined => {
  if (kept.fingerprint === null) return undefined;
  if (kept.fingerprint !== fingerprint) throw new IdempotencyRefusal('idempotency_mismatch');
  if (kept.state === 'free') return undefined;
  if (kept.state === 'working') {
    if (kept.until > now) throw inFlight();
    if (!mayRepeat) throw new IdempotencyRefusal('idempotency_outcome_unknown');
    return undefined;
  }
  if (kept.answer === null) throw new IdempotencyRefusal('idempotency_answer_not_kept');
  return kept.answer;
};
