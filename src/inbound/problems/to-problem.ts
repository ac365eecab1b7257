import { HttpException } from '@nestjs/common';
import { UpstreamError } from '../../outbound/index.ts';
import { RecordsUnavailable } from '../../platform/records/records.ts';
import { VaultUnavailable } from '../../platform/vault/vault.ts';
import { IdempotencyRefusal } from '../idempotency/idempotency-refusal.ts';
import { DeadlinePassed } from './deadline-passed.ts';
import { InvalidRequest } from './invalid-request.ts';
import { TooManyRequests } from './too-many-requests.ts';
import { Unavailable } from './unavailable.ts';
import { PROBLEMS, type FieldError, type Problem, type ProblemCode } from './problem.ts';

/** What of a problem depends on the error alone. */
export interface ProblemParts {
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string;
  readonly provider?: string;
  readonly retryAfterMs?: number;
  readonly errors?: readonly FieldError[];
}

/** A store that is gone is asked again at once, and most often back within seconds. */
const UNAVAILABLE_RETRY_AFTER_MS = 1_000;

const CODE_BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
};

/** Everything thrown becomes a problem; what we do not know is our own bug. */
export const toProblemParts = (thrown: unknown): ProblemParts => {
  if (thrown instanceof UpstreamError) return ofUpstream(thrown);
  if (thrown instanceof DeadlinePassed) return { ...plain('upstream_timeout'), detail: thrown.message };
  if (thrown instanceof InvalidRequest) return { ...plain('invalid_request'), errors: thrown.errors };
  if (thrown instanceof TooManyRequests) return ofTooMany(thrown);
  if (thrown instanceof Unavailable) return { ...ofUnavailable(), detail: thrown.message };
  if (isStoreGone(thrown)) return ofUnavailable();
  if (thrown instanceof IdempotencyRefusal) return ofRefusal(thrown);
  if (thrown instanceof HttpException) return ofStatus(thrown.getStatus(), thrown.message);
  return isClientError(thrown) ? ofStatus(thrown.statusCode, thrown.message) : plain('internal');
};

/** For a request that matched no route: the framework's message would repeat its query. */
export const toRoutingProblem = (thrown: unknown): ProblemParts => {
  const parts = toProblemParts(thrown);
  return parts.code === 'not_found' ? { ...parts, detail: 'There is no such route, or not with this method' } : parts;
};

const plain = (code: ProblemCode): ProblemParts => ({
  code,
  status: PROBLEMS[code].status,
  detail: PROBLEMS[code].explanation,
});

const retryAfter = (code: ProblemCode, ms: number): ProblemParts => ({ ...plain(code), retryAfterMs: Math.ceil(ms) });

const ofTooMany = ({ retryAfterMs, detail }: TooManyRequests): ProblemParts => ({
  ...retryAfter('too_many_requests', retryAfterMs),
  ...(detail === undefined ? {} : { detail }),
});

const ofUnavailable = (): ProblemParts => retryAfter('unavailable', UNAVAILABLE_RETRY_AFTER_MS);

const isStoreGone = (thrown: unknown): boolean =>
  thrown instanceof VaultUnavailable || thrown instanceof RecordsUnavailable;

const ofRefusal = ({ code, retryAfterMs }: IdempotencyRefusal): ProblemParts =>
  retryAfterMs === undefined ? plain(code) : retryAfter(code, retryAfterMs);

const ofUpstream = ({ code, provider, retryAfterMs }: UpstreamError): ProblemParts => ({
  ...plain(code),
  provider,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs: Math.ceil(retryAfterMs) }),
});

/** A 4xx that has no code of its own keeps its status; any other 5xx is our bug. */
const ofStatus = (status: number, detail: string): ProblemParts => {
  const code = CODE_BY_STATUS[status];
  if (code !== undefined) return { code, status, detail };
  return status >= 400 && status < 500 ? { code: 'invalid_request', status, detail } : plain('internal');
};

/** Errors of the HTTP server itself carry a status; only 4xx of those are the caller's. */
const isClientError = (thrown: unknown): thrown is { statusCode: number; message: string } => {
  const { statusCode, code } = (thrown ?? {}) as { statusCode?: unknown; code?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 && String(code).startsWith('FST_');
};

export const toProblem = (parts: ProblemParts, { url, requestId }: { url: string; requestId: string }): Problem => {
  const { code, status, detail, ...rest } = parts;
  const instance = url.split('?', 1)[0]!;
  return { type: `/problems/${code}`, title: PROBLEMS[code].title, status, detail, instance, code, requestId, ...rest };
};
