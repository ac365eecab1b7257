import { RecentKeys } from '../../src/outbound/cache/recent-keys.ts';
import type { Clock } from '../../src/platform/clock.ts';

/** Keys that are remembered for a minute, ten at most. */
export const minuteKeys = (clock: Clock): RecentKeys => new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock);
