import { UpstreamError } from '../../outbound/index.ts';
import type { Failure } from '../../platform/context/request-context.ts';
import type { ProblemParts } from './to-problem.ts';

/** For the request's log line. Never a message: only UpstreamError's reason is known to be free of what others sent. */
export const toFailure = ({ code, provider }: ProblemParts, thrown: unknown): Failure => ({
  code,
  reason: thrown instanceof UpstreamError ? thrown.reason : thrown instanceof Error ? thrown.name : typeof thrown,
  ...(provider === undefined ? {} : { provider }),
});
