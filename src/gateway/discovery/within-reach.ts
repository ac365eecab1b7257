import type { reachOf } from '../../outbound/index.ts';

/** Whether an address may be connected to. */
export type Reach = ReturnType<typeof reachOf>;

export interface Sorted {
  readonly reachable: readonly string[];
  readonly unreachable: readonly string[];
}

const SHOWN = 3;

/** Which of these addresses calls may go to. */
export const withinReach = (addresses: readonly string[], reach: Reach): Sorted => ({
  reachable: addresses.filter((address) => reach(address)),
  unreachable: addresses.filter((address) => !reach(address)),
});

/** A sentence for the log, of bounded length; undefined when there are none. */
export const describeUnreachable = (addresses: readonly string[]): string | undefined => {
  if (addresses.length === 0) return undefined;
  const shown = addresses.slice(0, SHOWN).join(', ');
  const rest = addresses.length > SHOWN ? ` and ${addresses.length - SHOWN} more` : '';
  return `calls must not go to ${shown}${rest}; if they are your own, say network: private`;
};
