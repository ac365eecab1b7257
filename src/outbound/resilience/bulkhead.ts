import type { Clock } from '../../platform/clock.ts';
import { callError } from '../errors/call-error.ts';
import type { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Send, Stage } from '../http/call.ts';
import { lastMoveOfBody } from '../http/trailed-body.ts';
import { currentAttempt } from '../telemetry/attempt-record.ts';
import { deadlinePassed } from './deadline.ts';
import type { WaitingLine } from './waiting-line.ts';

export interface BulkheadOptions {
  readonly maxConcurrent: number;
  readonly maxQueued: number;
  readonly queueTimeoutMs: number;
}

/** What is expected is a mean: half of all take longer. */
const HEADROOM = 1.25;

/**
 * Caps the attempts under way at once, so that one slow upstream cannot take the whole process, nor one operation that has
 * a cap of its own all of the upstream's places; few may wait, briefly, and only who can be expected to have an answer in
 * time, by how long attempts took lately: what is sent too late keeps the upstream from what is not. An operation that takes
 * most of its deadline as a rule waits only where none of its attempts has ended for 5 s. What nobody waits for has a share
 * of the places only.
 */
export const bulkhead =
  (line: WaitingLine, { queueTimeoutMs }: BulkheadOptions, clock: Clock): Stage =>
  (next) => {
    const passThrough =
      (of: WaitingLine, send: Send): Send =>
      async (call) => {
        if (!of.tryEnter(call.isBackground)) await waitForTurn(of, { call, queueTimeoutMs, clock });
        const enteredAt = clock.now();
        try {
          return await send(call);
        } finally {
          const now = clock.now();
          // How long a body takes to be sent says nothing of who takes it.
          if (lastMoveOfBody(call.body) === undefined) of.pace.note(call.operation, now - enteredAt, now);
          of.leave(call.isBackground);
        }
      };
    const pass = passThrough(line, next);
    return (call) => (call.operation.line ? passThrough(call.operation.line, pass)(call) : pass(call));
  };

const waitForTurn = async (
  line: WaitingLine,
  { call, queueTimeoutMs, clock }: { call: Call; queueTimeoutMs: number; clock: Clock },
): Promise<void> => {
  const startedAt = clock.now();
  if (line.isFull(call.isBackground))
    throw overloaded(call, 'too many calls are under way and waiting', queueTimeoutMs);
  const leftMs = call.deadlineAt - startedAt;
  const neededMs = line.turnMs(startedAt, call.isBackground) + line.pace.needMs(call.operation, startedAt);
  if (neededMs * HEADROOM > leftMs) throw tooLate(call, queueTimeoutMs);
  const isAdmitted = await line.wait(Math.min(queueTimeoutMs, leftMs), call.signal, clock, call.isBackground);
  const attempt = currentAttempt(call);
  const now = clock.now();
  if (attempt) attempt.queuedMs += now - startedAt;
  if (isAdmitted) {
    if (line.pace.needMs(call.operation, now) <= call.deadlineAt - now) return;
    line.leave(call.isBackground);
    throw tooLate(call, queueTimeoutMs);
  }
  throw leftMs <= queueTimeoutMs
    ? deadlinePassed(call)
    : overloaded(call, `no turn within ${queueTimeoutMs} ms`, queueTimeoutMs);
};

const tooLate = (call: Call, retryAfterMs: number): UpstreamError =>
  overloaded(call, 'its turn would come too late for its deadline', retryAfterMs);

const overloaded = (call: Call, reason: string, retryAfterMs: number): UpstreamError =>
  callError(call, { code: 'overloaded', reason, retryAfterMs, sent: false });
