import type { Clock } from '../../platform/clock.ts';
import type { Call } from '../http/call.ts';
import type { HedgeResult } from '../telemetry/call-receipt.ts';
import type { Hedging } from './hedging.ts';
import type { HoldOff } from './hold-off.ts';
import { isReplayable } from './retry-safety.ts';
import type { RetryBudget, RetryPermit } from './retry-budget.ts';
import type { WaitingLine } from './waiting-line.ts';

export interface HedgeParts {
  readonly budget: RetryBudget;
  readonly line: WaitingLine;
  readonly clock: Clock;
  readonly isIsolated: () => boolean;
}

/** Why a late attempt gets no second one, as the receipt says it. */
export const WHY_NOT = {
  not_sent_yet: 'it waits here, not there',
  held_off: 'the upstream asked for fewer calls',
  circuit: 'the circuit is not closed',
  no_place: 'no place is free',
  deadline: 'the answer would come too late',
  share_spent: 'the share of such attempts is spent',
  budget_spent: 'the retry budget has nothing to spare',
} as const satisfies Partial<Record<HedgeResult, string>>;

export type Refusal = keyof typeof WHY_NOT;

/**
 * Whether a call may have a second attempt beside one of its attempts: it can be sent twice, and to any server, somebody
 * waits, and it had none.
 */
export const mayBeHedged = (call: Call): boolean =>
  isReplayable(call) &&
  call.upgrade === undefined &&
  call.affinity === undefined &&
  !call.isBackground &&
  !call.receipt.attempts.some(({ isHedge }) => isHedge);

interface Late {
  readonly call: Call;
  readonly isSent: boolean;
  readonly hedging: Hedging;
  readonly holdOff: HoldOff;
}

/** Pays for a second attempt, out of the operation's share and the budget of retries; else says why there is to be none. */
export const payForHedge = (late: Late, parts: HedgeParts): RetryPermit | Refusal => {
  const refusal = refuse(late, parts);
  if (refusal !== undefined) return refusal;
  if (!late.hedging.trySpend()) return 'share_spent';
  const permit = parts.budget.tryAcquireBeside();
  if (permit) return permit;
  late.hedging.giveBack();
  return 'budget_spent';
};

const refuse = ({ call, isSent, hedging, holdOff }: Late, parts: HedgeParts): Refusal | undefined => {
  if (!isSent) return 'not_sent_yet';
  if (holdOff.isActive) return 'held_off';
  const { circuit = 'closed' } = call.receipt;
  if (circuit !== 'closed' || parts.isIsolated()) return 'circuit';
  // It never waits for one: whoever waits has not had any.
  if (!parts.line.hasPlace || call.operation.line?.hasPlace === false) return 'no_place';
  return call.deadlineAt - parts.clock.now() <= hedging.usualMs ? 'deadline' : undefined;
};
