import type { CacheEntry } from '../cache-entry.ts';
import type { RequestRules } from './request-rules.ts';

/** What to do with an entry that was found: `refresh` is to serve it and to fetch it anew in the background. */
export type Decision = 'serve' | 'refresh' | 'validate';

/** RFC 9111 §4: whether an entry may answer a request, as both sides want it. */
export const decide = (entry: CacheEntry, rules: RequestRules, now: number): Decision => {
  const { lifetimeMs, staleWhileRevalidateMs, mayServeStale } = entry.freshness;
  const ageMs = entry.ageAt(now);
  const staleMs = ageMs - lifetimeMs;
  if (rules.noCache || ageMs > rules.maxAgeMs || (rules.minFreshMs > 0 && -staleMs < rules.minFreshMs))
    return 'validate';
  if (staleMs < 0) return 'serve';
  // RFC 9111 §5.2.1.1.
  if (rules.maxAgeMs < Infinity && rules.maxStaleMs === 0) return 'validate';
  if (mayServeStale && staleMs <= rules.maxStaleMs && rules.maxStaleMs > 0) return 'serve';
  return staleMs < staleWhileRevalidateMs ? 'refresh' : 'validate';
};

/** Whether an entry may stand in for an answer that cannot be had (RFC 5861 §4). */
export const mayServeOnError = (entry: CacheEntry, now: number): boolean =>
  entry.ageAt(now) - entry.freshness.lifetimeMs < entry.freshness.staleIfErrorMs;
