import type { Tally } from './tally.ts';

/** `8 of 12 calls failed in the last 15 s: upstream_timeout`, of calls for which the service was asked. */
export const tellFailures = ({ counts, causes }: Tally, windowMs: number): string => {
  const { asked, askedInVain, standIns } = counts;
  const most = [...causes].sort(([, one], [, other]) => other - one).slice(0, 2);
  const names = most.map(([cause]) => cause).join(', ');
  const stale = standIns > 0 ? `; stale answers stood in for ${standIns}` : '';
  return `${askedInVain} of ${asked} calls failed in the last ${windowMs / 1_000} s: ${names}${stale}`;
};
