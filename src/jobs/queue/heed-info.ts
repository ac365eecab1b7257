import type { Redis } from 'ioredis';
import type { Log } from '../../platform/logging/log.ts';

const POLICY = /^maxmemory_policy:(?<policy>[\w-]+)/m;
const KEEPS_ALL = 'noeviction';
const REMEDY = 'Redis may throw away background calls when its memory is full: set maxmemory-policy noeviction';

/** BullMQ asks Redis what it is, and prints what it does not like to the console: that is said in our log, and kept from BullMQ. */
export const heedInfo = (redis: Redis, log: Log): void => {
  const ask = redis.info.bind(redis) as (...args: unknown[]) => Promise<string>;
  const heed = (text: string): string => {
    const policy = POLICY.exec(text)?.groups?.['policy'] ?? KEEPS_ALL;
    if (policy !== KEEPS_ALL) log.warn({ policy }, REMEDY);
    return text.replace(POLICY, `maxmemory_policy:${KEEPS_ALL}`);
  };
  // The client itself asks, too, with a callback, whether Redis has loaded what it keeps.
  redis.info = (...args: unknown[]): Promise<string> => (args.length > 0 ? ask(...args) : ask().then(heed));
};
