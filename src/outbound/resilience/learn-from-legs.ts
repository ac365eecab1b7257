import type { Call } from '../http/call.ts';
import type { Hedging } from './hedging.ts';
import type { HoldOff } from './hold-off.ts';
import type { Leg } from './leg.ts';

/** What attempts teach. */
export interface Learners {
  readonly hedging: Hedging;
  readonly holdOff: HoldOff;
}

/** One that is given up would have taken longer still; what failed tells nothing of how long answers take. */
export const learnFromLegs = (
  { receipt }: Call,
  { hedging, holdOff }: Learners,
  legs: [Leg, Leg | undefined],
): void => {
  const { isGood, ending, awaitedMs } = legs[0];
  if (awaitedMs !== undefined && (isGood || ending === undefined)) hedging.noteAnswer(awaitedMs);
  for (const leg of legs) {
    if (leg?.ending && 'reply' in leg.ending) holdOff.note(leg.ending.reply, receipt.notices?.quota);
  }
};
