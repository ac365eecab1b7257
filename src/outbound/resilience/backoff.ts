export interface BackoffOptions {
  readonly backoffBaseMs: number;
  readonly throttledBackoffBaseMs: number;
  readonly backoffCapMs: number;
}

/** Full jitter: anything from nothing to `base × 2^retries`, capped. `random` gives [0, 1). */
export const toBackoffMs = (
  { backoffBaseMs, throttledBackoffBaseMs, backoffCapMs }: BackoffOptions,
  { retries, isThrottled, random }: { retries: number; isThrottled: boolean; random: () => number },
): number => {
  const baseMs = isThrottled ? throttledBackoffBaseMs : backoffBaseMs;
  return random() * Math.min(backoffCapMs, baseMs * 2 ** retries);
};
