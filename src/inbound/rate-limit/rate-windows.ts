import { LRUCache } from 'lru-cache';

export interface RateWindow {
  used: number;
  readonly endsAt: number;
}

/** Those of all policies of a process; those that were quiet longest are forgotten first. */
export type RateWindows = LRUCache<string, RateWindow>;

/** A few MB. Who asks from more addresses than these within a window is not stopped by counting addresses anyway. */
const MAX_KEYS = 50_000;

export const createRateWindows = (maxKeys = MAX_KEYS): RateWindows => new LRUCache({ max: maxKeys });
