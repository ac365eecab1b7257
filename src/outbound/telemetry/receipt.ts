import type { Clock } from '../../platform/clock.ts';
import { currentContext } from '../../platform/context/request-context.ts';
import type { Call, Ending, Reply, Stage } from '../http/call.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import { toFailureCode } from '../errors/status-failure.ts';
import type { CallReceipt } from './call-receipt.ts';
import type { CallReceipts } from './call-receipts.ts';
import { toFailureKind } from './to-failure-kind.ts';

/** Completes the call's receipt and publishes it, however the call ends. */
export const receipt =
  (receipts: CallReceipts, clock: Clock): Stage =>
  (next) =>
  async (call) => {
    const startedAt = clock.now();
    const upstreamTime = currentContext()?.upstreamTime;
    upstreamTime?.begin(startedAt);
    receipts.begin(call.receipt);
    try {
      const reply = await next(call);
      noteEnding(call, { reply });
      if (reply.cache) call.receipt.cache = reply.cache;
      return reply;
    } catch (error) {
      noteEnding(call, { error });
      throw error;
    } finally {
      const endedAt = clock.now();
      upstreamTime?.end(endedAt);
      call.receipt.durationMs = endedAt - startedAt;
      receipts.publish(call.receipt);
    }
  };

/** Writes into the call's receipt how it ended. */
export const noteEnding = (call: Call, ending: Ending): void => {
  if ('error' in ending) return noteFailure(call, ending.error);
  call.receipt.outcome = toOutcome(call, ending.reply);
  call.receipt.status = ending.reply.status;
};

/** What is passed on is our caller's affair, unless the upstream itself says that it failed. */
const toOutcome = ({ streams, operation }: Call, { status }: Reply): CallReceipt['outcome'] =>
  streams && status < 500 ? 'answered' : (toFailureCode(status, operation) ?? 'answered');

const noteFailure = ({ receipt, signal }: Call, error: unknown): void => {
  receipt.outcome = toFailureKind(error, signal);
  if (!(error instanceof UpstreamError)) return;
  if (error.status !== undefined) receipt.status = error.status;
  receipt.decisions.push(`ended: ${error.reason}`);
};
