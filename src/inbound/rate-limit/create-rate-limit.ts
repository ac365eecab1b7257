import { createRateLimiter, type Surroundings } from './create-rate-limiter.ts';
import { RateLimit } from './rate-limit.ts';
import { toRatePolicy } from './rate-policy.ts';

/** @param text RATE_LIMIT; without it nothing is counted */
export const createRateLimit = async (text: string | undefined, surroundings: Surroundings): Promise<RateLimit> => {
  const policy = text === undefined ? undefined : toRatePolicy(text);
  return new RateLimit(
    policy && { ...policy, limiter: await createRateLimiter(policy, surroundings) },
    surroundings.clock,
  );
};
