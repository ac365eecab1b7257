import type { Redis } from 'ioredis';

/** Lets time pass for what Redis keeps of the cache: all entries expire so much earlier. */
export const ageEntries = async (redis: Redis, byMs: number): Promise<void> => {
  for (const key of await redis.keys('breakwater:cache:*:entry:*')) {
    await redis.pexpire(key, (await redis.pttl(key)) - byMs);
  }
};
