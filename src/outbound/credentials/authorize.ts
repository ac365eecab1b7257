import type { Call, Reply, Stage } from '../http/call.ts';
import { leaveReply } from '../http/leave-reply.ts';
import { isReplayable } from '../resilience/retry-safety.ts';
import { leaveRequest } from '../telemetry/attempt-record.ts';
import { TOKEN_RENEWED } from '../telemetry/decisions.ts';
import { ownCredential, withToken, type TokenPlacement } from './token-placement.ts';
import type { TokenSource } from './token-source.ts';

export interface AuthorizeParts {
  readonly source: TokenSource;
  readonly placement: TokenPlacement;
  /** The provider's own; a token is never sent to another. */
  readonly origin: string;
}

/**
 * Gives each attempt its token, read anew. One that the upstream refuses is replaced, and the attempt made once more: a
 * request that was not authorised was not processed (RFC 9110 §15.5.2).
 */
export const authorize =
  ({ source, placement, origin }: AuthorizeParts): Stage =>
  (next) =>
  async (call) => {
    if (call.origin !== origin || ownCredential(call, placement) !== undefined) return next(call);
    const token = await source.read(call);
    const reply = await next(withToken(call, placement, token));
    if (reply.status !== 401) {
      source.noteAccepted(token);
      return reply;
    }
    const renewed = await source.renew(token, call).catch((error: unknown) => leaveAndThrow(reply, error));
    if (renewed === undefined || !isReplayable(call)) return reply;
    leaveReply(reply);
    note(call, TOKEN_RENEWED);
    leaveRequest(call, { status: reply.status });
    const second = await next(withToken(call, placement, renewed));
    if (second.status !== 401) source.noteAccepted(renewed);
    return second;
  };

/** The call fails without it: nobody is given the refusal. */
const leaveAndThrow = (reply: Reply, error: unknown): never => {
  leaveReply(reply);
  throw error;
};

const note = (call: Call, decision: string): void => void call.receipt.decisions.push(decision);
