import type { Stage } from '../http/call.ts';
import type { HedgeParts } from './hedge-refusal.ts';
import { HedgedAttempt } from './hedged-attempt.ts';
import { HoldOff } from './hold-off.ts';

/**
 * Sends a second attempt beside one whose answer is late, for operations that ask for it: at most one for each call, and
 * none that would have to wait, cost what retries need, or make trouble worse. It records the attempts of these operations.
 */
export const hedge = (parts: HedgeParts): Stage => {
  const holdOff = new HoldOff(parts.clock);
  return (next) => (call) => {
    const { hedging } = call.operation;
    if (hedging === undefined) return next(call);
    return new HedgedAttempt(next, call, { ...parts, hedging, holdOff }).outcome;
  };
};
