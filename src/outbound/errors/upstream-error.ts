/** Why a call failed, in the words that callers of our API see as `code`. */
export type UpstreamErrorCode =
  | 'upstream_timeout'
  | 'upstream_unreachable'
  | 'upstream_failed'
  | 'upstream_rejected'
  | 'upstream_invalid_answer'
  | 'upstream_throttled'
  | 'circuit_open'
  | 'overloaded'
  | 'not_configured';

export interface UpstreamFailure {
  readonly code: UpstreamErrorCode;
  readonly provider: string;
  readonly operation: string;
  /** For operators: what happened, without URLs, headers or bodies, but for what `explainFailure` took from one. */
  readonly reason: string;
  /** Status of the upstream's answer, when there was one. */
  readonly status?: number;
  /** When it is worth trying again, from now. */
  readonly retryAfterMs?: number;
  /** False only when it is certain that no byte of the request was sent. Default true. */
  readonly sent?: boolean;
  /** False for what a repetition cannot mend, such as a wrong certificate. Default true. */
  readonly transient?: boolean;
}

/**
 * The one error that calls to upstreams fail with.
 * It carries no request and no answer, so it can be logged and passed on as it is.
 */
export class UpstreamError extends Error {
  readonly code: UpstreamErrorCode;
  readonly provider: string;
  readonly operation: string;
  readonly reason: string;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly sent: boolean;
  readonly transient: boolean;

  constructor(failure: UpstreamFailure) {
    super(`${failure.provider} ${failure.operation}: ${failure.reason}`);
    this.name = 'UpstreamError';
    this.code = failure.code;
    this.provider = failure.provider;
    this.operation = failure.operation;
    this.reason = failure.reason;
    this.status = failure.status;
    this.retryAfterMs = failure.retryAfterMs;
    this.sent = failure.sent ?? true;
    this.transient = failure.transient ?? true;
  }
}

/** The upstream itself answered that there is no such thing. */
export const isAbsent = (error: unknown): boolean =>
  error instanceof UpstreamError && (error.status === 404 || error.status === 410);
