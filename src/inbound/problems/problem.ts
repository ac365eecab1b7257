/** A problem as callers get it: `application/problem+json` (RFC 9457). */
export interface Problem {
  /** Address of a page that explains the code. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Path of the request, without its query. */
  readonly instance: string;
  readonly code: ProblemCode;
  readonly requestId: string;
  readonly provider?: string;
  readonly retryAfterMs?: number;
  readonly errors?: readonly FieldError[];
}

export interface FieldError {
  readonly field: string;
  readonly detail: string;
}

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What happened and what the caller can do, in a sentence or two. */
  readonly explanation: string;
}

const kind = (status: number, title: string, explanation: string): ProblemKind => ({ status, title, explanation });

/** Every problem that can leave this application. */
export const PROBLEMS = {
  invalid_request: kind(
    400,
    'Invalid request',
    'Something in the request cannot be used; `errors` names each field. Correct it and send it again.',
  ),
  unauthorized: kind(401, 'Unauthorized', 'The request carries no usable credential for this route.'),
  forbidden: kind(403, 'Forbidden', 'The credential is valid but does not allow this.'),
  not_found: kind(404, 'Not found', 'There is no such resource or route.'),
  conflict: kind(
    409,
    'Conflict',
    'What is asked for does not go with the state that the resource is in; `detail` says which. Look at it anew.',
  ),
  idempotency_in_flight: kind(
    409,
    'Still in progress',
    'A request with the same Idempotency-Key is being worked on. Wait for its answer.',
  ),
  idempotency_outcome_unknown: kind(
    409,
    'Outcome unknown',
    'A request with this Idempotency-Key was begun, and nobody can say whether it was done. Look for what it was to ' +
      'bring about; only if that is not there, send it again with a new key.',
  ),
  idempotency_answer_not_kept: kind(
    409,
    'Done before',
    'A request with this Idempotency-Key was done, and its answer was too large to be kept. Look at what it brought ' +
      'about; to do it once more, use a new key.',
  ),
  payload_too_large: kind(413, 'Payload too large', 'The body is larger than this API accepts.'),
  unsupported_media_type: kind(
    415,
    'Unsupported media type',
    'The body has a Content-Type this API does not read. Send application/json.',
  ),
  idempotency_mismatch: kind(
    422,
    'Idempotency-Key reused',
    'The same Idempotency-Key came with another payload before. Use a new key.',
  ),
  too_many_requests: kind(
    429,
    'Too many requests',
    'You sent more requests than you may. Wait as long as Retry-After says.',
  ),
  internal: kind(
    500,
    'Internal error',
    'A fault of this application. It was logged under the request id; nothing you can change.',
  ),
  outcome_unknown: kind(
    502,
    'Outcome unknown',
    'A background call was stopped after it may have been sent. Whether it was done nobody here can say, so it is not ' +
      'sent again: look at the external service first.',
  ),
  upstream_failed: kind(
    502,
    'Upstream failed',
    'The external service answered with an error, after all attempts that were safe to make.',
  ),
  upstream_invalid_answer: kind(
    502,
    'Upstream answer unusable',
    'The external service answered with something that is not what it promises.',
  ),
  upstream_rejected: kind(
    502,
    'Upstream rejected our request',
    'The external service refused the request as we made it; ours to mend.',
  ),
  upstream_unreachable: kind(
    502,
    'Upstream unreachable',
    'No connection to the external service, or it broke before the answer was complete.',
  ),
  circuit_open: kind(
    503,
    'Upstream suspended',
    'The external service failed too often lately, so it is left alone for a moment. Retry after the time given.',
  ),
  not_configured: kind(
    503,
    'Not configured',
    'The external service behind this route is switched off in this installation.',
  ),
  overloaded: kind(
    503,
    'Overloaded',
    'Too many calls to the external service are waiting already. Retry after the time given.',
  ),
  upstream_throttled: kind(
    503,
    'Upstream throttled',
    'The external service asks for fewer requests. Retry after the time given.',
  ),
  unavailable: kind(
    503,
    'Unavailable',
    'A store that this needs cannot be reached at the moment. Retry after the time given.',
  ),
  upstream_timeout: kind(504, 'Timeout', 'The answer was not complete within the time allowed.'),
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);
