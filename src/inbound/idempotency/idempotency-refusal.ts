export type IdempotencyProblem =
  'idempotency_answer_not_kept' | 'idempotency_in_flight' | 'idempotency_mismatch' | 'idempotency_outcome_unknown';

/** The request is not carried out, for the sake of an earlier one with the same key. */
export class IdempotencyRefusal extends Error {
  constructor(
    readonly code: IdempotencyProblem,
    /** When it is worth trying again, from now. Undefined: never with this key. */
    readonly retryAfterMs?: number,
  ) {
    super(`An earlier request bore the same Idempotency-Key: ${code}`);
    this.name = 'IdempotencyRefusal';
  }
}
