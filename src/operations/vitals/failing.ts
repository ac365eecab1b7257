import type { SlotRing } from './slot-ring.ts';
import { Tally } from './tally.ts';
import { tellFailures } from './tell-failures.ts';

/** So many calls tell whether a service fails, and so large a share of them has to. */
const LEAST_CALLS = 5;
const FAILING_RATIO = 0.5;

/** A stretch with fewer failures is from before the trouble, or after it. */
const TROUBLED_RATIO = 0.25;

/** The shortest of them that has enough calls is what counts: 15 s where there is more than a call each 3 s. In slots. */
const WINDOWS = [3, 6, 12, 60];

export interface Trouble {
  /** On the clock's monotonic scale. */
  readonly since: number;
  readonly why: string;
}

/** Whether most calls fail: half of those of the last 15 s, or of as far back as it takes to have five, 5 minutes at most. */
export const findFailing = (ring: SlotRing<Tally>, current: number): Trouble | undefined => {
  for (const slots of WINDOWS) {
    const tallies = ring.until(current, slots);
    const sum = tallies.reduce((all, tally) => all.add(tally), new Tally());
    const { asked, askedInVain } = sum.counts;
    if (asked < LEAST_CALLS) continue;
    if (askedInVain / asked < FAILING_RATIO) return undefined;
    return { since: toBeginning(ring, current) ?? 0, why: tellFailures(sum, slots * ring.slotMs) };
  }
  return undefined;
};

/** When the first of the failures began, as far back as there were some in each stretch that had calls. */
const toBeginning = (ring: SlotRing<Tally>, current: number): number | undefined => {
  let since: number | undefined;
  for (const { counts, inVain } of ring.until(current, Math.max(...WINDOWS))) {
    if (counts.asked === 0) continue;
    const isTroubled = counts.askedInVain / counts.asked >= TROUBLED_RATIO;
    if (!isTroubled && since !== undefined) break;
    if (isTroubled) since = inVain?.from;
  }
  return since;
};
