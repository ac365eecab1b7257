import type { Redis } from 'ioredis';

/** Lets time pass for what Redis keeps of vaults: all of it expires so much earlier. */
export const ageVault = async (redis: Redis, byMs: number): Promise<void> => {
  for (const name of await redis.keys('breakwater:*')) await redis.pexpire(name, (await redis.pttl(name)) - byMs);
};
