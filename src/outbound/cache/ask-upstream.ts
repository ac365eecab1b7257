import type { Clock } from '../../platform/clock.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Reply, Send } from '../http/call.ts';
import { leaveReply } from '../http/leave-reply.ts';
import type { CacheOutcome } from './cache-outcome.ts';
import { hasConditions } from './rules/conditions.ts';
import { mayServeOnError } from './rules/decision.ts';
import { serveStored } from './serve-stored.ts';
import { isReplaceable } from './rules/status-rules.ts';

/** A call that the store could not answer, as its caller made it and as it goes on. */
export interface Question {
  readonly caller: Call;
  readonly call: Call;
  /** What the cache tells of it, but for what the answer adds. */
  readonly outcome: CacheOutcome;
}

/** Asks, and falls back on what is stored when no proper answer comes (RFC 5861 §4). */
export const askUpstream =
  (next: Send, clock: Clock) =>
  async (question: Question): Promise<Reply> => {
    try {
      const reply = await next(question.call);
      const isOfNoUse = isReplaceable(reply.status) || reply.broken instanceof UpstreamError;
      const standIn = isOfNoUse ? serveInstead(question, clock, reply.status) : undefined;
      if (standIn) leaveReply(reply);
      return standIn ?? conclude(question, reply, clock);
    } catch (error) {
      const standIn = error instanceof UpstreamError ? serveInstead(question, clock, error.status) : undefined;
      if (standIn === undefined) {
        question.caller.receipt.cache = question.outcome;
        throw error;
      }
      return standIn;
    }
  };

/** Not for a caller that wants to hear it from the upstream itself. */
const serveInstead = (
  { caller, call, outcome }: Question,
  clock: Clock,
  fwdStatus: number | undefined,
): Reply | undefined => {
  const now = clock.now();
  const spare = outcome.fwd === 'request' ? undefined : call.lookup?.stored;
  if (spare === undefined || !mayServeOnError(spare, now)) return undefined;
  caller.receipt.decisions.push(
    `served stale instead of ${fwdStatus === undefined ? 'an error' : `status ${fwdStatus}`}`,
  );
  const told = { fwd: 'stale', ttlMs: spare.ttlAt(now), detail: 'stale-if-error' } as const;
  return serveStored(caller, spare, now, fwdStatus === undefined ? told : { ...told, fwdStatus });
};

/** The upstream's answer, or what the caller's own conditions and method make of it. */
const conclude = ({ caller, outcome }: Question, reply: Reply, clock: Clock): Reply => {
  const { stored } = reply;
  if (stored === undefined) return { ...reply, cache: { ...outcome, ...reply.cache } };
  const now = clock.now();
  const cache = { ...outcome, ...reply.cache, ttlMs: stored.ttlAt(now) };
  const isAsItCame = caller.method === 'GET' && !hasConditions(caller.headers);
  return isAsItCame ? { ...reply, cache } : serveStored(caller, stored, now, cache);
};
